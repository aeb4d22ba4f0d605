package dev.socialexchange.keycloak.it.support;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A running Keycloak with the packaged extension in its providers folder and the demo realm imported. Integration
 * tests, the demo and the benchmark all talk to it over HTTP only, so that it does not matter how it was started.
 */
public interface KeycloakServer extends AutoCloseable {

    /** The realm of {@code realm-export.json}. */
    String REALM = "social";

    /** The server's address as a client sees it, without a trailing slash. */
    URI url();

    /** Address of the management interface: health and metrics. */
    URI managementUrl();

    /** Where the server's log is written, and stays after the server has stopped. */
    Path log();

    AdminCredentials adminCredentials();

    /** Of the server's JVM, where it is a process of this machine. */
    default long pid() {
        throw new UnsupportedOperationException("not a process of this machine");
    }

    /** What a load balancer's probe of its health is told. */
    default Health health() {
        HttpRequest probe = HttpRequest.newBuilder(managementUrl().resolve("/health/ready"))
                .timeout(Health.PATIENCE)
                .build();
        try {
            return Http.send(probe).statusCode() == 200 ? Health.READY : Health.NOT_READY;
        } catch (UncheckedIOException silent) {
            return Health.SILENT;
        }
    }

    /** Of a node. */
    enum Health {
        READY,
        /** It answers, and says no. */
        NOT_READY,
        SILENT;

        private static final Duration PATIENCE = Duration.ofSeconds(2);
    }

    /** Stops the server with every process that belongs to it. */
    @Override
    void close();

    default AdminApi admin() {
        return admin(REALM);
    }

    default AdminApi admin(String realm) {
        return new AdminApi(new AdminHttp(url(), adminCredentials()), realm);
    }

    default TokenEndpoint tokens() {
        return new TokenEndpoint(url(), REALM);
    }

    /** Starts the kind of server that {@code -Dit.keycloak} names; returns once it is ready. */
    static KeycloakServer start(ServerOptions options) {
        String kind = Workspace.kind();
        return switch (kind) {
            case "distribution" -> DistributionServer.launch(options);
            case "container" -> ContainerServer.launch(options);
            default -> throw new IllegalArgumentException("it.keycloak=" + kind + " is not a kind of server");
        };
    }
}
