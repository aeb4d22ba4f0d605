package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server of its own with the extension, and the same one again without it. */
public final class Removal implements AutoCloseable {
    private DistributionServer server = DistributionServer.launch(options("it-removal"));

    private static ServerOptions options(String run) {
        return ServerOptions.run(run).withoutRealm().shortLived().progress(System.out::println);
    }

    public KeycloakServer server() {
        return server;
    }

    /** The data stays; the log is a new one. */
    public void takeOutTheJar() {
        server = server.relaunchWithoutExtension(options("it-removed"));
    }

    /** Runs a script as an administrator would who has signed in with {@code kcadm.sh}; answers its lines. */
    public List<String> administer(String script) {
        Path folder = server.home();
        String signedIn =
                """
                export KC_OPTS=-XX:TieredStopAtLevel=1 # a JVM per line, for seconds
                kcadm.sh() { "%1$s/bin/kcadm.sh" "$@" --config "%1$s/kcadm.config"; }
                kcadm.sh config credentials --server %2$s --realm master --user %3$s --password %4$s 2>/dev/null
                """
                        .formatted(
                                folder,
                                server.url(),
                                server.adminCredentials().username(),
                                server.adminCredentials().password());
        try {
            Path output = folder.resolve("kcadm.log");
            int exit = new ProcessBuilder("bash", "-c", signedIn + script)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            if (exit != 0) {
                throw new AssertionError("exit " + exit + ": " + said);
            }
            return said.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public String log() {
        try {
            return Files.readString(server.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
