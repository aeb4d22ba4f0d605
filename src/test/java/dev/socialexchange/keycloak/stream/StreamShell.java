package dev.socialexchange.keycloak.stream;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Runs the command as a shell would. */
final class StreamShell {
    static final String SECRET = "s3cret-of-the-client";

    private final Map<String, String> environment = new HashMap<>(Map.of(StreamCommand.CLIENT_SECRET, SECRET));
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    StreamShell environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Exit run(String... words) {
        PrintStream both = new PrintStream(output, true, StandardCharsets.UTF_8);
        return new StreamCommand(environment::get, both, both, () -> Instant.parse("2026-11-29T00:00:00Z")).run(words);
    }

    /** What was printed, and not by way of errors alone. */
    String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
