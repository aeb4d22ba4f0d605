package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.NotInContainers;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.StatementLog;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a login asks of the database, counted by the database itself: that does not depend on how fast the machine is. */
@OlderKeycloakOnDemand
@NotInContainers
class StatementsIT {
    private static final int TRIES = 5;

    private static Simulator providers;
    private static StatementLog database;
    private static KeycloakServer keycloak;
    private static OwnRealm realm;

    @BeforeAll
    static void startServer() {
        providers = Simulator.start(0);
        database = StatementLog.start("it-statements");
        keycloak = KeycloakServer.start(ServerOptions.run("it-statements")
                .withoutRealm()
                .shortLived()
                .database("postgres", database.url(), "", "")
                .progress(System.out::println));
        realm = OwnRealm.create(keycloak, providers.url(), settings -> settings.put("eventsEnabled", false));
        for (int i = 0; i < TRIES; i++) { // all that is loaded once
            Person person = newPerson();
            login(request(person));
            login(accessTokenAlone(person));
        }
    }

    @AfterAll
    static void stopServer() {
        if (keycloak != null) {
            keycloak.close();
        }
        if (database != null) {
            database.close();
        }
        providers.close();
    }

    /**
     * Twice for the link, without and with the guard; what Keycloak's own flow asks, most of it whether a name or an address is
     * taken; and the two rows of the session, in a transaction of Keycloak's own. How often a new user's groups are read is
     * Keycloak's: once (26.7), or for each mapper of the tokens (26.6).
     */
    @Test
    void firstLoginTakesTwentyTwoStatementsBesideTheGroupsInThreeTransactions() {
        StatementLog.Executed login = fewest(StatementsIT::newPerson, StatementsIT::request);

        assertAtMost(login, 22 + (int) login.of("USER_GROUP_MEMBERSHIP"), 3);
        assertThat(login.of("FEDERATED_IDENTITY")).as("%s", login).isLessThanOrEqualTo(4);
        assertThat(login.of("BROKER_LINK")).as("%s", login).isLessThanOrEqualTo(3);
    }

    /** Nothing is asked ahead for people who may not come again for a day. */
    @Test
    void somebodyWhomNoCacheKnowsIsLookedUpOnce() {
        StatementLog.Executed login = fewest(StatementsIT::personOfYesterday, StatementsIT::request);
        StatementLog.Executed alone = fewest(StatementsIT::personOfYesterday, StatementsIT::accessTokenAlone);

        assertAtMost(login, 11, 2);
        assertAtMost(alone, 7, 1);
        assertThat(alone.of("FEDERATED_IDENTITY")).as("%s", alone).isEqualTo(1);
        assertThat(alone.of("BROKER_LINK")).as("%s", alone).isZero();
    }

    /** By whom their name and their address are taken, in sessions that hold nobody yet, which is the one way to have it cached. */
    @Test
    void whoComesAgainWithinMinutesIsAskedAboutAheadOnceForAllLaterLogins() {
        StatementLog.Executed second = fewest(StatementsIT::personOfThisMinute, StatementsIT::accessTokenAlone);
        Person person = personOfThisMinute();
        login(accessTokenAlone(person));
        StatementLog.Executed third = fewest(() -> person, StatementsIT::accessTokenAlone);

        assertAtMost(second, 4, 3);
        assertAtMost(third, 0, 0);
    }

    @Test
    void sessionOfSomebodyWhoComesOftenTakesItsTwoRowsAlone() {
        Person person = personOfThisMinute();
        login(request(person));

        StatementLog.Executed login = fewest(() -> person, StatementsIT::request);

        assertAtMost(login, 4, 1);
        assertThat(login.of("OFFLINE_USER_SESSION") + login.of("OFFLINE_CLIENT_SESSION"))
                .as("%s", login)
                .isEqualTo(login.statements().size());
    }

    private static void assertAtMost(StatementLog.Executed login, int statements, int transactions) {
        assertThat(login.statements()).as("%s", login).hasSizeLessThanOrEqualTo(statements);
        assertThat(login.transactions()).as("%s", login).isLessThanOrEqualTo(transactions);
    }

    /** Of several, since Keycloak does other things as well. */
    private static StatementLog.Executed fewest(Supplier<Person> person, Function<Person, TokenRequest> request) {
        return Stream.generate(person)
                .limit(TRIES)
                .map(request)
                .map(StatementsIT::during)
                .min(Comparator.comparing(executed -> executed.statements().size()))
                .orElseThrow();
    }

    /** Right after somebody else's login: which mappers the provider has is asked once a second. */
    private static StatementLog.Executed during(TokenRequest request) {
        login(accessTokenAlone(newPerson()));
        return database.during(() -> login(request));
    }

    /** Linked, and not seen by this node since it has started. */
    private static Person personOfYesterday() {
        Person person = newPerson();
        String user = realm.user(person.email(), person.email(), representation -> {});
        realm.admin()
                .post(
                        "/users/" + user + "/federated-identity/google",
                        Map.of("userId", person.id(), "userName", person.email()));
        realm.admin().post("/clear-user-cache", Map.of());
        return person;
    }

    private static Person personOfThisMinute() {
        Person person = personOfYesterday();
        login(request(person));
        return person;
    }

    private static Person newPerson() {
        String name = Suite.unique("person");
        Person person = Person.unknown("Zoë").withUsername(name).withEmail(name + "@example.org", true);
        providers.people().add(person);
        return person;
    }

    private static TokenRequest request(Person person) {
        return Tokens.of(realm.tokens().exchange("google").as(Suite.SPA).scope("openid"), providers, "google", person);
    }

    private static TokenRequest accessTokenAlone(Person person) {
        return request(person).requested(TokenType.ACCESS_TOKEN);
    }

    private static void login(TokenRequest request) {
        Answer answer = request.send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
