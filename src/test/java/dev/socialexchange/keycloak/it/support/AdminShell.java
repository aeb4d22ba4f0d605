package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a script as an administrator would who has signed in with the {@code kcadm.sh} of an unpacked server. */
public final class AdminShell {

    private AdminShell() {}

    /** Answers its lines. */
    public static List<String> run(KeycloakServer server, String script) {
        Path folder = ((DistributionServer) server).home();
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
}
