package dev.socialexchange.keycloak.apps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A recipe's app in a process of its own: a command per line, as a JSON array of strings; an answer per line, as JSON. */
final class MobileApp implements AutoCloseable {

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    /**
     * @param program that takes the realm's URL, the client id and the redirect URI as arguments
     * @param options further arguments
     */
    MobileApp(List<String> program, String realmUrl, String clientId, String redirectUri, String... options) {
        try {
            process = new ProcessBuilder(
                            Stream.of(program.stream(), Stream.of(realmUrl, clientId, redirectUri), Stream.of(options))
                                    .flatMap(part -> part)
                                    .toList())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            commands = process.outputWriter();
            answers = process.inputReader();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode exchange(Map<String, String> subject) {
        return with("exchange", subject);
    }

    JsonNode link(Map<String, String> subject) {
        return with("link", subject);
    }

    /** One of the app's commands that need nothing more. */
    JsonNode does(String command) {
        return does(List.of(command));
    }

    JsonNode redeem(String callback) {
        return does(List.of("redeem", callback));
    }

    /** Asked for twice at once, as {@code one} and {@code other}. */
    JsonNode accessTokens() {
        return does(List.of("accessTokens"));
    }

    @Override
    public void close() {
        process.destroy();
    }

    private JsonNode with(String command, Map<String, String> subject) {
        return does(Stream.concat(
                        Stream.of(command),
                        subject.entrySet().stream().flatMap(field -> Stream.of(field.getKey(), field.getValue())))
                .toList());
    }

    private JsonNode does(List<String> command) {
        try {
            commands.write(Json.write(command) + "\n");
            commands.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError("the app ended at " + command);
            }
            return Json.lenient(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
