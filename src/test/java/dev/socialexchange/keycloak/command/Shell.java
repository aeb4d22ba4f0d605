package dev.socialexchange.keycloak.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the command as a shell would, on the first second of a day. */
final class Shell {
    static final String SECRET = "s3cret-of-the-client";

    private final Map<String, String> environment = new HashMap<>(Map.of(Secrets.CLIENT_SECRET, SECRET));
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private Clock clock = Clock.fixed(Instant.parse("2026-11-29T00:00:01Z"), ZoneOffset.UTC);
    private String input = "";
    private String typed;

    Shell environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Shell input(String text) {
        input = text;
        return this;
    }

    /** What somebody types who is asked for a password. */
    Shell typed(String text) {
        typed = text;
        return this;
    }

    Shell clock(Clock other) {
        clock = other;
        return this;
    }

    /** As a client of the realm that may look. */
    Exit runAtRealm(AdminServer server, String... further) {
        List<String> arguments =
                new ArrayList<>(List.of("--server", server.url(), "--realm", "social", "--client", "doctor"));
        arguments.addAll(List.of(further));
        return run(arguments.toArray(String[]::new));
    }

    Exit run(String... arguments) {
        return new DoctorCommand(
                        new Secrets(environment::get, question -> typed == null ? null : typed.toCharArray()),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(output, true, StandardCharsets.UTF_8),
                        new PrintStream(errors, true, StandardCharsets.UTF_8),
                        clock)
                .run(arguments);
    }

    String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    String all() {
        return output() + errors();
    }
}
