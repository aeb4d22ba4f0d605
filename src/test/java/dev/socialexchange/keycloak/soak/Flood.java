package dev.socialexchange.keycloak.soak;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Postgres;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The program behind {@code make flood}: very many signals at one node, genuine all of them, most about strangers, some told again and again, some about
 * people of the realm. Prints what is left of them, and fails if anything is that must not be.
 */
public final class Flood {
    private static final int SENDERS = 6;
    private static final int PEOPLE = 20;
    private static final int ATTEMPTS = 20;
    private static final int NEIGHBOURS = 3000;
    private static final double MIB = 1 << 20;

    /** What the store of single-use objects may keep of a signal about somebody, for a day. */
    private static final long BYTES_PER_SIGNAL = 3 << 10;

    private static final long BYTES = 64 << 20;

    private final Simulator providers;
    private final OwnRealm realm;
    private final String alias;
    private final List<Person> people =
            Stream.generate(() -> Person.unknown("Known")).limit(PEOPLE).toList();
    private final List<String> again = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger about = new AtomicInteger();

    private Flood(Simulator providers, OwnRealm realm, App app) {
        this.providers = providers;
        this.realm = realm;
        this.alias = app.provider("acme", copy -> copy.withObject("/config").put("exchangeSignals", "enforce"));
        for (Person person : people) {
            Answer in = realm.request(
                            app.clientId(),
                            alias,
                            TokenType.ID_TOKEN,
                            providers.acme().idToken(providers.acme().clientId(), person))
                    .send();
            if (in.status() != 200) {
                throw new IllegalStateException(in.body());
            }
            again.add(signal(person));
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        int signals = Integer.getInteger("flood.signals", 100_000);
        try (Postgres postgres = Postgres.start("flood");
                Simulator providers = Simulator.start(0);
                KeycloakServer server = KeycloakServer.start(ServerOptions.run("flood")
                        .withoutRealm()
                        .database("postgres", postgres.url(), "", "")
                        .providerJar(Suite.stocktaking())
                        .progress(System.out::println))) {
            OwnRealm realm = OwnRealm.create(server, providers.url(), copy -> copy.put("eventsEnabled", true));
            App app = App.of(realm);
            String neighbour = RealmAdmin.client(realm);
            Flood flood = new Flood(providers, realm, app);
            flood.run(signals / 50);
            neighbours(realm, neighbour, NEIGHBOURS); // compiled by then
            double neighbours = neighbours(realm, neighbour, NEIGHBOURS);
            flood.settle();
            flood.about.set(0);
            Reading before = Reading.of(server, realm.name(), postgres);
            double rate = flood.run(signals);
            flood.settle();
            flood.print(signals, rate, neighbours, before, Reading.of(server, realm.name(), postgres));
        }
    }

    private void settle() throws InterruptedException {
        Thread.sleep(3000);
    }

    private String signal(Person person) {
        return SignalPost.token(
                providers.acme(),
                person,
                SignalPost.RISC + "sessions-revoked",
                Instant.now().getEpochSecond() - 5,
                claims -> {});
    }

    /** @return a second */
    private double run(int signals) throws InterruptedException {
        return side(signals, this::one);
    }

    /** Of ten, seven are about strangers, two were told before, and one is about somebody. */
    private void one(int number) {
        String signal =
                switch (number % 10) {
                    case 0 -> {
                        about.incrementAndGet();
                        yield signal(people.get(number / 10 % PEOPLE));
                    }
                    case 1, 2 -> again.get(number % PEOPLE);
                    default -> signal(Person.unknown("Stranger"));
                };
        if (!taken(signal)) {
            refused.incrementAndGet();
        }
    }

    /** As transmitters do: what cannot be taken now, such as while another one about the same person is, is sent again. */
    private boolean taken(String signal) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int status = SignalPost.post(realm, alias, signal).status();
            if (status != 503) {
                return status == 202;
            }
            pause();
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static double neighbours(OwnRealm realm, String client, int number) throws InterruptedException {
        return side(number, one -> realm.tokens()
                .clientCredentials()
                .as(client, RealmAdmin.SECRET)
                .send());
    }

    private static double side(int number, IntConsumer one) throws InterruptedException {
        long begun = System.nanoTime();
        List<Thread> senders = IntStream.range(0, SENDERS)
                .mapToObj(sender -> new Thread(() -> {
                    for (int i = sender; i < number; i += SENDERS) {
                        one.accept(i);
                    }
                }))
                .toList();
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }
        return number / ((System.nanoTime() - begun) / 1e9);
    }

    private void print(int signals, double rate, double neighbours, Reading before, Reading after) {
        System.out.printf(
                Locale.ROOT,
                "%n%d signals: %.0f a second, %.2f of client_credentials grants; %d not taken%n",
                signals,
                rate,
                rate / neighbours,
                refused.get());
        System.out.println("| | before | after |\n|---|---|---|");
        System.out.printf(
                Locale.ROOT,
                "| heap, MiB | %.1f | %.1f |%n| objects of ours | %d | %d |%n| single-use objects | %d | %d |%n",
                before.heap().bytes() / MIB,
                after.heap().bytes() / MIB,
                before.heap().ours(),
                after.heap().ours(),
                before.singleUse(),
                after.singleUse());
        List<String> grown = new ArrayList<>();
        after.rows().forEach((table, rows) -> {
            long was = before.rows().getOrDefault(table, 0L);
            if (rows != was) {
                System.out.printf("| rows of `%s` | %d | %d |%n", table, was, rows);
            }
            long most =
                    switch (table) {
                        case "event_entity" -> about.get();
                        case "user_attribute" -> PEOPLE; // each has one mark, however often it is told of
                        default -> 0;
                    };
            if (rows > was + most) {
                grown.add(table);
            }
        });
        long announced = PEOPLE; // for two minutes
        if (after.singleUse() - before.singleUse() > about.get() + announced) {
            grown.add("single-use objects");
        }
        if (after.heap().bytes() - before.heap().bytes() > BYTES + about.get() * BYTES_PER_SIGNAL) {
            grown.add("heap");
        }
        if (refused.get() > 0 || !grown.isEmpty()) {
            throw new IllegalStateException("more is left than of signals about people of the realm: " + grown);
        }
    }
}
