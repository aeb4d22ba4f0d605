package dev.socialexchange.keycloak.bench;

import com.example.thirdparty.Countings;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.Postgres;
import dev.socialexchange.keycloak.it.support.ProviderJar;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.Scrape;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Workspace;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/**
 * What metrics and throttling take of an exchange's processor time. A server with them and one without differ by less than two runs of either,
 * so the parts are measured: the processor time of a whole exchange, how often each meter is used in it, which is the difference of two
 * scrapes, and the processor time of just these uses, in the same server, by {@link Countings}. Only exchanges for an access token alone are
 * looked at, of which the share is largest.
 */
public final class Overhead {
    private static final PrintStream OUT = System.out;
    private static final double MOST = 0.01;
    private static final int CONNECTIONS = 4;
    private static final int USERS = 50;
    private static final String PROVIDER = "acme";

    /** Until then the server compiles more than it answers, which would make every share small. */
    private static final int WARM_UP_ANSWERS = 10_000;

    private static final int REPETITIONS = 5;

    private Overhead() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BenchSettings settings = BenchSettings.fromSystemProperties();
        try (Postgres postgres =
                        settings.jdbcUrl() == null ? Postgres.start("overhead") : Postgres.at(settings.jdbcUrl());
                Simulator providers = Simulator.start(0);
                KeycloakServer keycloak = KeycloakServer.start(options(settings, postgres, providers))) {
            keycloak.admin().updateRealm(realm -> {
                realm.put("eventsEnabled", false);
                realm.put("accessTokenLifespan", 3600);
            });
            List<Grant> grants = grants(new Exchanges(keycloak.tokens(), providers.acme()));
            boolean tooMuch = false;
            OUT.printf("%n| grant | CPU of an exchange | calls, waits | counting | share |%n|---|---|---|---|---|%n");
            for (Grant grant : grants) {
                tooMuch |= measure(keycloak, grant, settings.rounds()) > MOST;
            }
            if (tooMuch) {
                throw new IllegalStateException("counting takes more than one percent of an exchange");
            }
        }
    }

    /** Those that cost least, so that what counts them is most of them. */
    private static List<Grant> grants(Exchanges exchanges) {
        List<Person> people =
                Stream.generate(() -> Person.unknown("Bench")).limit(USERS).toList();
        people.forEach(person -> exchanges.idToken(PROVIDER, person).send());
        return List.of(
                new Grant(
                        "id_token → access token",
                        0,
                        new SingleUseRequests(number -> Requests.wire(
                                Exchanges.alone(exchanges.idToken(PROVIDER, people.get(number % USERS)))))),
                new Grant(
                        "access_token → access token",
                        0,
                        Requests.repeated(people.stream()
                                .map(person -> Requests.wire(Exchanges.alone(exchanges.accessToken(PROVIDER, person))))
                                .toList())));
    }

    private static ServerOptions options(BenchSettings settings, Postgres postgres, Simulator providers) {
        return ServerOptions.run("overhead")
                .progress(OUT::println)
                .database("postgres", postgres.url(), "", "")
                .environment("SIMULATOR_URL", providers.url())
                .providerJar(ProviderJar.write(
                        Workspace.own().resolve("countings.jar"),
                        Map.of(RealmResourceProviderFactory.class, List.of(Countings.Factory.class))))
                .javaOption(settings.javaOptions());
    }

    /** @return the share */
    private static double measure(KeycloakServer keycloak, Grant grant, int turns)
            throws IOException, InterruptedException {
        double cpu;
        int calls;
        int waits;
        try (Load load = new Load(keycloak.url(), CONNECTIONS, ServerCpu::used)) {
            for (int warm = 0; warm < WARM_UP_ANSWERS; ) {
                warm += load.run(grant.requests(), BenchSettings.TURN).millis().size();
            }
            Scrape before = Scrape.of(keycloak);
            Duration used = Duration.ZERO;
            long answers = 0;
            for (int turn = 0; turn < turns; turn++) {
                Turn one = load.run(grant.requests(), BenchSettings.TURN);
                used = used.plus(one.serverCpu());
                answers += one.millis().size();
            }
            cpu = (double) used.toNanos() / answers;
            Scrape after = Scrape.of(keycloak);
            double exchanges = more(before, after, "social_exchange_requests_total");
            calls = (int) Math.ceil(more(before, after, "social_exchange_provider_calls_seconds_count") / exchanges);
            waits = (int) Math.ceil(more(before, after, "social_exchange_share_wait_seconds_count") / exchanges);
        }
        double counting = countings(keycloak, calls, waits);
        OUT.printf(
                Locale.ROOT,
                "| %s | %.0f µs | %d, %d | %.1f µs | %.2f %% |%n",
                grant.name(),
                cpu / 1e3,
                calls,
                waits,
                counting / 1e3,
                100 * counting / cpu);
        return counting / cpu;
    }

    private static double more(Scrape before, Scrape after, String name) {
        return after.sum(name) - before.sum(name);
    }

    /** The worst of a few. */
    private static double countings(KeycloakServer keycloak, int calls, int waits) {
        URI uri = URI.create("%s/realms/%s/%s?calls=%d&waits=%d"
                .formatted(keycloak.url(), KeycloakServer.REALM, Countings.ID, calls, waits));
        return Stream.generate(() -> RawRequest.to(uri).method("GET").send())
                .limit(REPETITIONS)
                .mapToDouble(answer -> Double.parseDouble(answer.body()))
                .max()
                .orElseThrow();
    }
}
