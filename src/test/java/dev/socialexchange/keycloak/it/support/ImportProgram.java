package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program that brings people, as {@code mvn -f importer package} builds it.
 *
 * @param folder of its files
 */
public record ImportProgram(Path folder) {
    private static final Path JAR = Path.of("importer/target/social-exchange-import.jar");

    public static boolean isBuilt() {
        return Files.exists(JAR);
    }

    /** What a program has come to. */
    public record Run(int status, String output, String errors) {}

    /** @param aliases by the source's names of providers */
    public Run translate(String source, Path export, Map<String, String> aliases) {
        List<String> arguments = new ArrayList<>(List.of("translate", source, export.toString()));
        aliases.forEach((provider, alias) -> arguments.add(provider + '=' + alias));
        return run(null, command(arguments));
    }

    public Run send(Path lines, OwnRealm realm, String clientId, String source, String... options) {
        return run(null, command(sending(realm.server().url(), lines, realm, clientId, source, options)));
    }

    /**
     * Somebody has to end it.
     *
     * @param server where the program finds it
     */
    public Process startSending(
            URI server, Path lines, OwnRealm realm, String clientId, String source, String... options)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(sending(server, lines, realm, clientId, source, options)))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("IMPORT_CLIENT_SECRET", RealmAdmin.SECRET);
        return builder.start();
    }

    private static List<String> sending(
            URI server, Path lines, OwnRealm realm, String clientId, String source, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("send", lines.toString(), server.toString(), realm.name(), clientId, source));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("java", "-jar", JAR.toString()));
        command.addAll(arguments);
        return command;
    }

    /** Any other program that has to do with it. */
    public Run run(String input, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("IMPORT_CLIENT_SECRET", RealmAdmin.SECRET);
        try {
            Process process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write((input == null ? "" : input).getBytes(StandardCharsets.UTF_8));
            }
            int status = process.waitFor();
            return new Run(status, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
