package dev.socialexchange.keycloak.demo;

import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** The main job in one command. Fails the build if an answer is not as expected. */
public final class Demo {

    private static final PrintStream OUT = System.out;

    private final DemoSettings settings;

    private Demo(DemoSettings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws InterruptedException {
        new Demo(DemoSettings.fromSystemProperties()).run();
    }

    private void run() throws InterruptedException {
        OUT.println("\nSocial Exchange for Keycloak: the demo. Starting takes about a minute.");
        if (settings.once()) {
            start(running -> {});
        } else {
            try (FrontEnd page = FrontEnd.open(settings.port())) {
                start(running -> stayUp(running, page));
            }
        }
    }

    private void start(AfterTranscript then) throws InterruptedException {
        try (Simulator providers = Simulator.start(0)) {
            Cast.introduceTo(providers.people());
            OUT.println("Simulated Google, Facebook, GitHub, Acme: " + providers.url());
            try (KeycloakServer keycloak = KeycloakServer.start(options(providers))) {
                OUT.println("Keycloak: " + keycloak.url());
                playTranscript(keycloak, providers);
                then.accept(new PageConfig(keycloak, providers));
            }
        }
    }

    private ServerOptions options(Simulator providers) {
        return ServerOptions.run("demo")
                .progress(OUT::println)
                .environment("SIMULATOR_URL", providers.url())
                .environment("DEMO_URL", settings.pageUrl());
    }

    private void playTranscript(KeycloakServer keycloak, Simulator providers) {
        Transcript transcript = new Transcript(OUT);
        new Scenes(keycloak, providers, transcript, settings.pageUrl()).play();
        OUT.printf("%n%d exchanges, %d surprises%n", transcript.shown(), transcript.unexpected());
        if (transcript.unexpected() > 0 && settings.once()) {
            throw new IllegalStateException("not every answer was as expected; Keycloak's log is " + keycloak.log());
        }
    }

    private static void stayUp(PageConfig config, FrontEnd page) throws InterruptedException {
        page.serve(config);
        KeycloakServer keycloak = config.keycloak();
        OUT.printf(
                """

                Try it by hand
                  front end       %s
                  admin console   %s   (%s / %s)
                  a local user    carol / carol
                  log             %s
                Ctrl-C ends everything.
                """,
                page.url(),
                config.consoleUrl(),
                keycloak.adminCredentials().username(),
                keycloak.adminCredentials().password(),
                keycloak.log());
        OUT.flush();
        new CountDownLatch(1).await();
    }

    @FunctionalInterface
    private interface AfterTranscript {
        void accept(PageConfig running) throws InterruptedException;
    }
}
