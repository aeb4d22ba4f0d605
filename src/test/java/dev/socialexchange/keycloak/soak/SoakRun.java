package dev.socialexchange.keycloak.soak;

import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Postgres;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** People come and go; now and then everybody stands still, and what the node holds is read. */
public final class SoakRun {
    private static final int READINGS = 6;
    private static final double MIB = 1 << 20;

    /** Of what is asked, as a part of the whole; caches, pools and the compiler are full of it by then. */
    private static final int WARM_UP_PART = 5;

    /** The store forgets by then what was used while nobody was looked at. */
    private static final int MIN_WARM_UP_SECONDS = 20;

    private final SoakSettings settings;
    private final PrintStream out;

    public SoakRun(SoakSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * @param run names folders and logs
     * @return what has grown
     */
    public List<String> run(String run) {
        try (Postgres postgres = Postgres.start(run);
                Simulator providers = Simulator.start(0);
                KeycloakServer server = KeycloakServer.start(ServerOptions.run(run)
                        .withoutRealm()
                        .database("postgres", postgres.url(), "", "")
                        .providerJar(Suite.stocktaking())
                        .progress(out::println))) {
            OwnRealm realm = OwnRealm.create(server, providers.url(), settings -> {
                settings.put("eventsEnabled", false); // rows that everybody wants
                settings.put("accessCodeLifespanLogin", Habits.LINK_SECONDS);
            });
            Habits habits = new Habits(providers, App.of(realm));
            habits.everybodyComes();
            return measure(server, realm, postgres, habits);
        }
    }

    private List<String> measure(KeycloakServer server, OwnRealm realm, Postgres postgres, Habits habits) {
        List<String> grown = new ArrayList<>();
        try (Visitors visitors = new Visitors(habits)) {
            out.println("Warming up");
            pause(Math.max(MIN_WARM_UP_SECONDS, settings.seconds() / WARM_UP_PART));
            out.println(
                    "| second | answers | heap MiB | objects of ours | threads | connections | single-use (known to be) | users | sessions |");
            out.println("|---|---|---|---|---|---|---|---|---|");
            long start = System.nanoTime();
            Now first = null;
            for (int number = 0; number <= READINGS; number++) {
                pause(number == 0 ? 0 : settings.seconds() / READINGS);
                Now now = visitors.whileTheyStandStill(() -> new Now(
                        visitors.visits(),
                        Reading.of(server, realm.name(), postgres),
                        habits.made(),
                        habits.remembered().now()));
                print(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), now);
                first = first == null ? now : first;
                grown = new ArrayList<>(
                        Verdict.growth(first.reading(), now.reading(), now.made() - first.made(), now.remembered()));
            }
            grown.addAll(visitors.failures());
        }
        grown.forEach(what -> out.println("GROWN " + what));
        return grown;
    }

    /**
     * Of one moment, when nobody moves.
     *
     * @param visits so far
     * @param made new users so far
     * @param remembered what the store has to know
     */
    private record Now(long visits, Reading reading, int made, int remembered) {}

    private void print(long second, Now now) {
        Reading reading = now.reading();
        out.println(String.format(
                Locale.ROOT,
                "| %d | %d | %.1f | %d | %d | %d | %d (%d) | %d | %d |",
                second,
                now.visits(),
                reading.heap().bytes() / MIB,
                reading.heap().ours(),
                reading.threads(),
                reading.connections(),
                reading.singleUse(),
                now.remembered(),
                reading.rows().getOrDefault("user_entity", 0L),
                reading.rows().getOrDefault("offline_user_session", 0L)));
    }

    static void pause(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
