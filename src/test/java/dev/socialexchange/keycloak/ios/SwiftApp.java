package dev.socialexchange.keycloak.ios;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The app of {@code src/test/swift}, compiled by the Swift of this machine, in a process of its own. */
final class SwiftApp implements AutoCloseable {
    private static final Path SOURCES = Path.of("src/test/swift").toAbsolutePath();
    private static final List<String> STRICT = List.of("swiftc", "-swift-version", "6", "-warnings-as-errors");

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private static final class Holder {
        static final Path PROGRAM = compile();
    }

    SwiftApp(String realmUrl, String clientId, String redirectUri) {
        try {
            process = new ProcessBuilder(Holder.PROGRAM.toString(), realmUrl, clientId, redirectUri)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            commands = process.outputWriter();
            answers = process.inputReader();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode exchange(Map<String, String> subject) {
        return does(Stream.concat(
                        Stream.of("exchange"),
                        subject.entrySet().stream().flatMap(field -> Stream.of(field.getKey(), field.getValue())))
                .toList());
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

    /** On Apple's systems nothing has to stand for CryptoKit; that has not been tried. */
    static void skipWithoutSwift() {
        boolean swift = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "swiftc")));
        if (!swift || !System.getProperty("os.name").equals("Linux")) {
            throw new TestAbortedException("no Swift for Linux here: install swiftlang, on Debian 13 and newer");
        }
    }

    private static Path compile() {
        try {
            Path folder = Files.createDirectories(Workspace.target().resolve("swift"));
            run(
                    folder,
                    List.of("-parse-as-library", "-emit-library", "-static", "-emit-module", "-module-name"),
                    "CryptoKit",
                    "-o",
                    "libCryptoKit.a",
                    SOURCES + "/CryptoKit.swift");
            run(
                    folder,
                    List.of("-I", ".", "-L", ".", "-lCryptoKit", "-l:libcrypto.so.3", "-o", "app"),
                    SOURCES + "/RealmClient.swift",
                    SOURCES + "/Session.swift",
                    SOURCES + "/main.swift");
            return folder.resolve("app");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path folder, List<String> options, String... arguments) throws IOException {
        List<String> command = Stream.of(STRICT.stream(), options.stream(), Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
        Process compiler = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = compiler.inputReader().lines().reduce("", (text, line) -> text + "\n" + line);
        try {
            if (compiler.waitFor() != 0) {
                throw new AssertionError(command + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
