package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.NotInContainers;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Postgres;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many more logins at once than the server has database connections: whoever waited for a second one while holding the first
 * would wait for the others, and they for them.
 */
@OlderKeycloakOnDemand
@NotInContainers
class ConnectionPoolIT {
    private static final int CONNECTIONS = 3;
    private static final int AT_ONCE = 64;
    /** Longer than the last in line waits for a connection on a busy machine; a deadlock outlasts it. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final String PASSWORD = "secret";

    private static Postgres postgres;
    private static KeycloakServer keycloak;
    private static OwnRealm realm;
    private static OwnRealm neighbour;
    private static String client;

    @BeforeAll
    static void startServer() {
        postgres = Postgres.start("it-pool");
        keycloak = KeycloakServer.start(ServerOptions.run("it-pool")
                .withoutRealm()
                .database("postgres", postgres.url(), "", "")
                .startOption("--db-pool-max-size=" + CONNECTIONS)
                .javaOption("-Dquarkus.datasource.jdbc.acquisition-timeout=" + PATIENCE)
                .progress(System.out::println));
        realm = realm();
        realm.login("acme", Suite.newPerson()); // the provider's keys, and all that is loaded once
        neighbour = realm();
        client = "password-client";
        neighbour
                .admin()
                .createClient(Map.of("clientId", client, "publicClient", true, "directAccessGrantsEnabled", true));
        neighbour.user("neighbour", "neighbour@example.org", user -> user.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", PASSWORD));
    }

    /**
     * With Keycloak's own policy for passwords: under another one it (26.7) hashes them anew at each login, while it holds a
     * connection and waits for a second one, and so many logins by password stand still by themselves.
     */
    private static OwnRealm realm() {
        return OwnRealm.create(keycloak, Suite.providers().url(), realm -> {
            realm.put("eventsEnabled", true);
            realm.remove("passwordPolicy");
        });
    }

    @AfterAll
    static void stopServer() {
        if (keycloak != null) {
            keycloak.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void sixtyFourFirstLoginsAtOnceAllSucceed() {
        List<Answer> answers = beside("first logins", people(AT_ONCE).map(person -> realm.request("acme", person)));

        assertThat(answers).allSatisfy(ConnectionPoolIT::assertLoggedIn);
        assertThat(answers).allSatisfy(answer -> assertThat(
                        answer.json().path("user_created").asBoolean())
                .isTrue());
    }

    @Test
    void sixtyFourKnownPeopleAtOnceAllSucceedWithColdCaches() {
        List<Person> known = people(AT_ONCE).toList();
        known.forEach(person -> realm.login("acme", person));
        List<TokenRequest> requests =
                known.stream().map(person -> realm.request("acme", person)).toList();
        Stream.of("realm", "user", "keys").forEach(cache -> realm.admin().post("/clear-" + cache + "-cache", Map.of()));

        assertThat(beside("known people", requests.stream())).allSatisfy(ConnectionPoolIT::assertLoggedIn);
    }

    @Test
    void sixtyFourPeopleWhoAreRefusedAtOnceAreAllToldWhy() {
        List<Person> existing = people(AT_ONCE).toList();
        existing.forEach(person -> realm.user(person.username(), person.email(), user -> {}));

        List<Answer> answers = beside("refusals", existing.stream().map(person -> realm.request("acme", person)));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.errorReason()).as(answer.body()).isEqualTo("account_exists"));
        existing.forEach(person -> assertThat(realm.linked("acme", person)).isEmpty());
    }

    @Test
    void sixtyFourTriesOfOneRefusedAccountAreToldWhyOrSentAwayAtOnce() {
        Person existing = Suite.newPerson();
        realm.user(existing.username(), existing.email(), user -> {});

        List<Answer> answers = beside(
                "tries of one refused account",
                Stream.generate(() -> realm.request("acme", existing)).limit(AT_ONCE));

        assertThat(answers).allSatisfy(answer -> {
            if (answer.status() == 503) {
                assertThat(answer.errorReason()).isEqualTo("server_busy");
                assertThat(answer.header("Retry-After")).isPresent();
            } else {
                assertThat(answer.errorReason()).as(answer.body()).isEqualTo("account_exists");
            }
        });
        assertThat(answers).anySatisfy(answer -> assertThat(answer.status()).isEqualTo(400));
        assertThat(realm.linked("acme", existing)).isEmpty();
    }

    /** Sends all at once; prints what somebody in another realm meets meanwhile, and what beside as many password grants. */
    private static List<Answer> beside(String load, Stream<TokenRequest> requests) {
        Duration alone = neighboursLogin(1);
        List<CompletableFuture<Answer>> passwords =
                send(Stream.generate(ConnectionPoolIT::password).limit(AT_ONCE));
        Duration besidePasswords = neighboursLogin(5);
        answers(passwords).forEach(ConnectionPoolIT::assertLoggedIn);
        List<CompletableFuture<Answer>> pending = send(requests);
        Duration meanwhile = neighboursLogin(5);
        List<Answer> answers = answers(pending);
        System.out.printf(
                "%d connections, %d %s at once: the longest took %d ms; a neighbour's login %d ms,"
                        + " beside as many password grants %d ms, alone %d ms%n",
                CONNECTIONS,
                AT_ONCE,
                load,
                answers.stream()
                        .mapToLong(answer -> answer.took().toMillis())
                        .max()
                        .orElse(0),
                meanwhile.toMillis(),
                besidePasswords.toMillis(),
                alone.toMillis());
        return answers;
    }

    private static List<CompletableFuture<Answer>> send(Stream<TokenRequest> requests) {
        return requests.toList().stream().map(TokenRequest::sendAsync).toList();
    }

    private static List<Answer> answers(List<CompletableFuture<Answer>> pending) {
        return pending.stream().map(CompletableFuture::join).toList();
    }

    /** The longest of some, one after the other. */
    private static Duration neighboursLogin(int times) {
        return Stream.generate(ConnectionPoolIT::password)
                .limit(times)
                .map(TokenRequest::send)
                .peek(ConnectionPoolIT::assertLoggedIn)
                .map(Answer::took)
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private static void assertLoggedIn(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static Stream<Person> people(int count) {
        return Stream.generate(Suite::newPerson).limit(count);
    }

    private static TokenRequest password() {
        return neighbour.tokens().password("neighbour", PASSWORD).as(client);
    }
}
