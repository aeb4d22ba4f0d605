package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Refusals;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A front end asks twice, a person has two devices, two people want one address: all at the same moment. */
class FirstLoginRaceIT {
    private static final int PARALLEL = 20;

    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "acme"})
    void manyFirstLoginsOfOnePersonWithDifferentIdTokensMakeOneUserAndOneLink(String alias) {
        Person person = Suite.newPerson();

        List<Answer> answers = atOnce(times(() -> realm.request(alias, person)));

        assertOneUser(answers, alias, person);
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "github", "facebook", "legacy"})
    void manyFirstLoginsOfOnePersonWithDifferentAccessTokensMakeOneUserAndOneLink(String alias) {
        Person person = Suite.newPerson();

        List<Answer> answers = atOnce(times(
                () -> Tokens.access(realm.tokens().exchange(alias).as(Suite.SPA), Suite.providers(), alias, person)));

        assertOneUser(answers, alias, person);
    }

    @Test
    void oneIdTokenBuysOneLoginHoweverOftenItIsSentAtOnce() {
        Person person = Suite.newPerson();
        String token = Suite.providers().acme().idToken(Suite.providers().acme().clientId(), person);

        List<Answer> answers = atOnce(times(() -> realm.tokens()
                .exchange("acme")
                .as(Suite.SPA)
                .type(TokenType.ID_TOKEN)
                .subjectToken(token)));

        List<Answer> refused =
                answers.stream().filter(answer -> answer.status() != 200).toList();
        assertThat(refused).hasSize(PARALLEL - 1);
        refused.forEach(answer -> Refusals.assertRefused(answer, 400, "invalid_request", "token_replayed"));
        assertThat(realm.linked("acme", person)).hasSize(1);
    }

    @RepeatedTest(5)
    void oneOfTwoPeopleWithTheSameAddressGetsTheAccount() {
        Person one = Suite.newPerson();
        Person other = Suite.newPerson().withEmail(one.email(), true);

        assertOneWins(realm.request("acme", one), realm.request("acme", other));
        assertThat(realm.linked("acme", one).size()
                        + realm.linked("acme", other).size())
                .isEqualTo(1);
    }

    @RepeatedTest(5)
    void oneOfTwoProvidersOfTheSamePersonGetsTheAccount() {
        Person person = Suite.newPerson();

        assertOneWins(realm.request("acme", person), realm.request("partner", person));
        assertThat(realm.admin().usersByEmail(person.email())).hasSize(1);
    }

    @Test
    void manyForcedUpdatesOfOneUserAtOnceAllSucceed() {
        String alias = realm.provider("acme", Map.of("syncMode", "FORCE"));
        Person person = Suite.newPerson();
        realm.login(alias, person);

        List<Answer> answers = atOnce(IntStream.range(0, PARALLEL)
                .mapToObj(number -> realm.request(
                        alias, person.withName("Name" + number, "Example").withEmail(number + person.email(), true))));

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(200));
        assertThat(realm.linked(alias, person)).hasSize(1);
    }

    private static void assertOneUser(List<Answer> answers, String alias, Person person) {
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(200));
        assertThat(answers.stream()
                        .map(answer -> answer.claims().path("sub").asText())
                        .distinct())
                .hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.json().path("user_created").asBoolean()))
                .as("logins that say they created the user")
                .hasSize(1);
        assertThat(realm.linked(alias, person)).hasSize(1);
        assertThat(realm.admin().usersByEmail(person.email())).hasSize(1);
    }

    private static void assertOneWins(TokenRequest one, TokenRequest other) {
        List<Answer> answers = atOnce(Stream.of(one, other));

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        answers.stream().filter(answer -> answer.status() != 200).forEach(answer -> {
            // the winner may commit between the loser's search by address and the one by username
            String reason = answer.errorReason().equals("username_taken") ? "username_taken" : "account_exists";
            Refusals.assertRefused(answer, 400, "interaction_required", reason);
        });
    }

    private static Stream<TokenRequest> times(Supplier<TokenRequest> request) {
        return Stream.generate(request).limit(PARALLEL);
    }

    private static List<Answer> atOnce(Stream<TokenRequest> requests) {
        List<TokenRequest> prepared = requests.toList();
        List<CompletableFuture<Answer>> pending =
                prepared.stream().map(TokenRequest::sendAsync).toList();
        return pending.stream().map(CompletableFuture::join).toList();
    }
}
