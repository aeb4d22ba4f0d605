package dev.socialexchange.keycloak.bench;

import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.Postgres;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the exchange of a returning user against Keycloak's own grants. Ratios of one run are what counts: the server
 * shares this machine with its database, the load generator and the provider.
 */
public final class Benchmark {
    private static final PrintStream OUT = System.out;
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 32);
    private static final List<Duration> LATENCIES = List.of(Duration.ZERO, Duration.ofMillis(100));
    private static final List<String> GOOGLE = List.of("oauth2.googleapis.com", "openidconnect.googleapis.com");
    private static final int WARM_UP_ROUNDS = 6;
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
            OUT.println("Signing in 200 people for the first time");
            List<Grant> grants =
                    Grants.of(keycloak.tokens(), providers.google()).all();
            measure(keycloak, providers, postgres, grants);
        }
    }

    private ServerOptions options(Postgres postgres, Simulator providers) {
        return ServerOptions.run("bench")
                .progress(OUT::println)
                .database("postgres", postgres.url(), "", "")
                .environment("SIMULATOR_URL", providers.url())
                .javaOption(settings.javaOptions());
    }

    private void measure(KeycloakServer keycloak, Simulator providers, Postgres postgres, List<Grant> grants)
            throws IOException, InterruptedException {
        OUT.println("Warming up");
        round(keycloak, grants, WARM_UP_CONNECTIONS, WARM_UP_ROUNDS);
        RowCheck rows = new RowCheck(postgres, keycloak.url());
        List<RowCheck.Growth> growths = new ArrayList<>();
        for (Grant grant : grants) {
            growths.add(rows.of(grant));
        }
        Map<Duration, Map<Integer, Results>> all = new LinkedHashMap<>();
        for (Duration latency : LATENCIES) {
            providers.clearFaults();
            GOOGLE.forEach(host -> providers.fault(host, null, Fault.latency(latency)));
            List<Grant> concerned = grants.stream()
                    .filter(grant -> latency.isZero() || grant.callsProvider() || grant == grants.get(0))
                    .toList();
            for (int connections : CONNECTIONS) {
                OUT.printf("Measuring: provider latency %d ms, %d connections%n", latency.toMillis(), connections);
                all.computeIfAbsent(latency, key -> new LinkedHashMap<>())
                        .put(connections, round(keycloak, concerned, connections, settings.rounds()));
            }
        }
        all.forEach(report::print);
        report.print(growths);
        if (growths.stream().anyMatch(RowCheck.Growth::tooMuch)) {
            throw new IllegalStateException("an answer leaves more in the database than it may");
        }
    }

    /** All grants in turn, again and again, there and back. */
    private static Results round(KeycloakServer keycloak, List<Grant> grants, int connections, int rounds)
            throws IOException, InterruptedException {
        Results results = new Results(grants);
        List<Grant> order = new ArrayList<>(grants);
        try (Load load = new Load(keycloak.url(), connections, ServerCpu::used)) {
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
