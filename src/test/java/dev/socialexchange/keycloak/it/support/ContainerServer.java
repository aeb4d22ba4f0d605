package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.nio.file.Path;

/**
 * Keycloak's container image, through testcontainers-keycloak. It shares this machine's network, so that every address
 * means the same to it as to the tests, and the provider simulators need not listen beyond the loopback address. That
 * takes a Docker engine on Linux, or a Docker Desktop with host networking switched on.
 */
final class ContainerServer implements KeycloakServer {

    private final ServerOptions options;
    private final FreePorts ports;
    private final LogFile log;
    private final HostNetworkContainer container;

    private ContainerServer(ServerOptions options) {
        this.options = options;
        this.ports = FreePorts.find(options.httpPort);
        this.log = new LogFile(Workspace.own().resolve("keycloak-" + options.run + ".log"));
        this.container = new HostNetworkContainer(Workspace.image(), options, ports);
    }

    static ContainerServer launch(ServerOptions options) {
        ContainerServer server = new ContainerServer(options);
        try {
            server.install();
            options.progress.accept("Keycloak: starting a container on port " + server.ports.http());
            server.container.start();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void install() {
        ServerHome home = ServerHome.empty(Workspace.own().resolve("keycloak-" + options.run));
        home.install(options);
        container.add(home);
        container.withLogConsumer(frame -> log.append(frame.getBytes()));
    }

    @Override
    public URI url() {
        return URI.create("http://localhost:" + ports.http());
    }

    @Override
    public URI managementUrl() {
        return URI.create("http://localhost:" + ports.management());
    }

    @Override
    public Path log() {
        return log.path();
    }

    @Override
    public AdminCredentials adminCredentials() {
        return options.admin;
    }

    @Override
    public void close() {
        container.stop();
    }
}
