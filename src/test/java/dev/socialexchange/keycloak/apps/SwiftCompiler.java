package dev.socialexchange.keycloak.apps;

import dev.socialexchange.keycloak.it.support.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Compiles {@code clients/swift}, and the app of {@code src/test/swift} that uses it, with the Swift of this machine. */
final class SwiftCompiler {
    private static final Path LIBRARY = Workspace.basedir().resolve("clients/swift/Sources/SocialExchange");
    private static final Path APP = Workspace.basedir().resolve("src/test/swift/main.swift");
    private static final List<String> STRICT = List.of("swiftc", "-swift-version", "6", "-warnings-as-errors");

    private SwiftCompiler() {}

    private static final class Holder {
        static final Path PROGRAM = compile();
    }

    static List<String> program() {
        return List.of(Holder.PROGRAM.toString());
    }

    static void skipWithoutSwift() {
        boolean swift = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "swiftc")));
        if (!swift || !System.getProperty("os.name").equals("Linux")) {
            throw new TestAbortedException("no Swift for Linux here: install swiftlang, on Debian 13 and newer");
        }
    }

    private static Path compile() {
        try {
            Path folder = Files.createDirectories(Workspace.own().resolve("swift"));
            run(
                    folder,
                    List.of("-parse-as-library", "-emit-library", "-static", "-emit-module", "-module-name"),
                    Stream.concat(Stream.of("SocialExchange", "-o", "libSocialExchange.a"), sources()));
            run(folder, List.of("-I", ".", "-L", ".", "-lSocialExchange", "-o", "app"), Stream.of(APP.toString()));
            return folder.resolve("app");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> sources() throws IOException {
        try (Stream<Path> files = Files.list(LIBRARY)) {
            return files.map(Path::toString).filter(file -> file.endsWith(".swift")).sorted().toList().stream();
        }
    }

    private static void run(Path folder, List<String> options, Stream<String> arguments) throws IOException {
        List<String> command = Stream.of(STRICT.stream(), options.stream(), arguments)
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
