package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    public List<String> administer(String script) {
        return AdminShell.run(server, script);
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
