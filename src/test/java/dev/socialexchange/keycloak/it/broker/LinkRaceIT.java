package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Refusals;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** First logins at the same moment, where an e-mail address links: everybody ends up in one account, or in none. */
class LinkRaceIT {
    private static final int PARALLEL = 20;
    private static final String READY_FLOW = "social exchange first login";

    private static OwnRealm realm;
    private static String acme;
    private static String partner;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        acme = realm.providerWithFirstFlow("acme", READY_FLOW);
        partner = realm.providerWithFirstFlow("partner", READY_FLOW);
    }

    @RepeatedTest(3)
    void onePersonThroughTwoProvidersIsOneUserWithTwoLinks() {
        Person person = Suite.newPerson();

        List<Answer> answers = atOnce(number -> realm.request(number % 2 == 0 ? acme : partner, person));

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(200));
        assertThat(answers.stream()
                        .map(answer -> answer.claims().path("sub").asText())
                        .distinct())
                .hasSize(1);
        assertThat(realm.admin().usersByEmail(person.email())).hasSize(1);
        assertThat(realm.linked(acme, person)).hasSize(1);
        assertThat(realm.linked(partner, person)).hasSize(1);
    }

    @RepeatedTest(3)
    void oneOfTwoPeopleWithOneAddressAtOneProviderGetsTheAccount() {
        Person one = Suite.newPerson();
        Person other = Suite.newPerson().withEmail(one.email(), true);

        List<Answer> answers = atOnce(number -> realm.request(acme, number % 2 == 0 ? one : other));

        answers.stream()
                .filter(answer -> answer.status() != 200)
                .forEach(answer -> Refusals.assertRefused(answer, 400, "interaction_required", "account_exists"));
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(PARALLEL / 2);
        assertThat(realm.linked(acme, one).size() + realm.linked(acme, other).size())
                .isEqualTo(1);
        assertThat(realm.admin().usersByEmail(one.email())).hasSize(1);
    }

    private static List<Answer> atOnce(Function<Integer, TokenRequest> request) {
        List<TokenRequest> prepared =
                IntStream.range(0, PARALLEL).boxed().map(request).toList();
        List<CompletableFuture<Answer>> pending =
                prepared.stream().map(TokenRequest::sendAsync).toList();
        return pending.stream().map(CompletableFuture::join).toList();
    }
}
