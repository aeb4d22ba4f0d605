package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keycloak from the distribution that Maven unpacked, built and started as in production, on ports of its own. */
final class DistributionServer implements KeycloakServer {

    private final ServerOptions options;
    private final ServerHome home;
    private final FreePorts ports;
    private final Path log;
    private final List<ProcessTree> processes = new ArrayList<>();
    private boolean stopping;
    private final Thread shutdownHook = new Thread(this::stop, "stop-keycloak");

    private DistributionServer(ServerOptions options, ServerHome home) {
        this.options = options;
        this.home = home;
        this.log = Workspace.own().resolve("keycloak-" + options.run + ".log");
        this.ports = FreePorts.find(options.httpPort);
    }

    static DistributionServer launch(ServerOptions options) {
        DistributionServer server =
                new DistributionServer(options, ServerHome.create(Workspace.distribution(), folder(options)));
        server.launch(() -> {
            server.home.install(options);
            server.build();
            server.start();
        });
        return server;
    }

    /** One more server from this one's build, with its providers; what the options say about the build does not count. */
    DistributionServer launchAnother(ServerOptions another) {
        DistributionServer server = new DistributionServer(another, ServerHome.sharing(home, folder(another)));
        server.launch(server::start);
        return server;
    }

    /** Stops, and starts again with the same data, without the extension's jar: what is left once somebody has taken it out. */
    DistributionServer relaunchWithoutExtension(ServerOptions without) {
        close();
        home.uninstall();
        DistributionServer server = new DistributionServer(without, home);
        server.launch(() -> {
            server.build();
            server.start();
        });
        return server;
    }

    /** Asks it to end, and waits for that; {@link #startAgain} is possible afterwards. */
    void halt() {
        synchronized (processes) {
            processes.forEach(ProcessTree::stop);
        }
    }

    /** After it was halted or killed, with the same data on the same ports; returns once it is ready. */
    void startAgain() {
        start();
    }

    Path home() {
        return home.path();
    }

    private static Path folder(ServerOptions options) {
        return Workspace.own().resolve("keycloak-" + options.run);
    }

    private void launch(Runnable steps) {
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        try {
            steps.run();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void build() {
        options.progress.accept("Keycloak: kc.sh build");
        run(ServerCommand.build(home, options), "kc.sh build").awaitExit();
    }

    private void start() {
        options.progress.accept("Keycloak: starting on port " + ports.http());
        run(ServerCommand.start(home, options, ports), "Keycloak").awaitReady(managementUrl());
    }

    private ServerStart run(List<String> command, String name) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        ServerCommand.prepareEnvironment(environment, options);
        try {
            if (processes.isEmpty()) {
                Files.deleteIfExists(log);
            }
            Process process = startUnlessStopping(builder);
            process.getOutputStream().close();
            return new ServerStart(process, name, log, options.progress);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + name, e);
        }
    }

    /** Ctrl-C may come at any moment; nothing that starts may be missed by {@link #stop}. */
    private Process startUnlessStopping(ProcessBuilder builder) throws IOException {
        synchronized (processes) {
            if (stopping) {
                throw new IllegalStateException("the server is being stopped");
            }
            Process process = builder.start();
            processes.add(new ProcessTree(process));
            return process;
        }
    }

    /** To the server's own processes, such as {@code KILL}, {@code STOP}, {@code CONT}. */
    void signal(String name) {
        synchronized (processes) {
            processes.forEach(tree -> tree.signal(name));
        }
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
        return log;
    }

    @Override
    public long pid() {
        synchronized (processes) {
            return processes.get(processes.size() - 1).java();
        }
    }

    @Override
    public AdminCredentials adminCredentials() {
        return options.admin;
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            options.progress.accept("Keycloak: stopped while the program ends");
        }
    }

    private void stop() {
        synchronized (processes) {
            stopping = true;
            processes.forEach(ProcessTree::stop);
        }
    }
}
