package dev.socialexchange.keycloak.bench;

import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.Postgres;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.Workspace;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures exchanges against Keycloak's own grants. Ratios of one run are what counts: the server shares this machine with its
 * database, the load generator and the provider.
 */
public final class Benchmark {
    private static final PrintStream OUT = System.out;
    private static final String PROVIDER = "acme";
    private static final String PROVIDER_HOST = "acme.example";
    private static final int WARM_UP_CONNECTIONS = 8;

    private final BenchSettings settings;
    private final Report report = new Report(OUT);

    private Benchmark(BenchSettings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Benchmark(BenchSettings.fromSystemProperties()).run();
    }

    private void run() throws IOException, InterruptedException {
        try (Postgres postgres =
                        settings.jdbcUrl() == null ? Postgres.start("bench") : Postgres.at(settings.jdbcUrl());
                Simulator providers = Simulator.start(0);
                KeycloakServer keycloak = KeycloakServer.start(options(postgres, providers))) {
            keycloak.admin().updateRealm(realm -> {
                // events in the database would cost every grant the same row
                realm.put("eventsEnabled", false);
                // subject tokens and refresh tokens are to last for the whole run
                realm.put("accessTokenLifespan", 3600);
            });
            FirstVersion.open(keycloak, PROVIDER, Tokens.secret(PROVIDER), Exchanges.CLIENT);
            OUT.println("Writing " + settings.users() + " users, and signing in some for the first time");
            ManyUsers many = ManyUsers.create(
                    postgres, keycloak.admin(), List.of(PROVIDER, FirstVersion.ALIAS), settings.users());
            Exchanges exchanges = new Exchanges(keycloak.tokens(), providers.acme());
            ReturningUsers returning = new ReturningUsers(exchanges, PROVIDER);
            Strangers strangers = new Strangers(exchanges, PROVIDER);
            URI url = keycloak.url();
            List<RowCheck.Growth> growths = measure(
                    url,
                    providers,
                    postgres,
                    List.of(
                            returning.atFastProvider(),
                            returning.atSlowProvider(),
                            strangers.comingAgain(many),
                            strangers.comingFirst()));
            report.printStuck(new StuckProvider(url, providers, PROVIDER_HOST)
                    .longest(returning.accessTokens(), returning.idTokens()));
            report.print(growths);
            if (growths.stream().anyMatch(RowCheck.Growth::tooMuch)) {
                throw new IllegalStateException("an answer leaves more in the database than it may");
            }
        }
    }

    /** With a truststore, as production has one. */
    private ServerOptions options(Postgres postgres, Simulator providers) {
        return FirstVersion.enabled(ServerOptions.run("bench"))
                .progress(OUT::println)
                .database("postgres", postgres.url(), "", "")
                .truststore(providers.caCertificatePem(Workspace.own().resolve("bench-providers.pem")))
                .environment("SIMULATOR_URL", providers.url())
                .javaOption(settings.javaOptions());
    }

    private List<RowCheck.Growth> measure(URI keycloak, Simulator providers, Postgres postgres, List<Series> all)
            throws IOException, InterruptedException {
        List<RowCheck.Growth> growths = new ArrayList<>();
        for (Series series : all) {
            providers.clearFaults();
            providers.fault(PROVIDER_HOST, null, Fault.latency(series.latency()));
            OUT.println("Warming up: " + series.name());
            rounds(keycloak, series.grants(), WARM_UP_CONNECTIONS, series.warmUp());
            Map<Integer, Results> byConnections = new LinkedHashMap<>();
            for (int connections : series.connections()) {
                OUT.printf("Measuring: %s, %d connections%n", series.name(), connections);
                byConnections.put(connections, rounds(keycloak, series.grants(), connections, settings.rounds()));
            }
            report.print(series, byConnections);
            if (growths.isEmpty()) {
                growths.addAll(growths(new RowCheck(postgres, keycloak), series));
            }
        }
        return growths;
    }

    private static List<RowCheck.Growth> growths(RowCheck rows, Series series)
            throws IOException, InterruptedException {
        List<RowCheck.Growth> growths = new ArrayList<>();
        for (Grant grant : series.grants()) {
            if (grant.maxRows() != Grant.ANY_ROWS) {
                growths.add(rows.of(grant));
            }
        }
        return growths;
    }

    /** All grants in turn, again and again, there and back. */
    private static Results rounds(URI keycloak, List<Grant> grants, int connections, int rounds)
            throws IOException, InterruptedException {
        Results results = new Results(grants);
        List<Grant> order = new ArrayList<>(grants);
        try (Load load = new Load(keycloak, connections, ServerCpu::used)) {
            for (int round = 0; round < rounds; round++) {
                for (Grant grant : order) {
                    results.add(grant, load.run(grant.requests(), BenchSettings.TURN));
                }
                Collections.reverse(order);
            }
        }
        return results;
    }
}
