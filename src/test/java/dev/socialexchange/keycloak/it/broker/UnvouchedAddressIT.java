package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An exchange does not say whether an account with an address exists to somebody for whose address nobody vouches. */
class UnvouchedAddressIT {
    private static OwnRealm realm;
    private static App app;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        app = App.of(realm);
    }

    @Test
    void answerIsThatOfAFlowThatWantsABrowserForAnotherReason() {
        String elsewhere = withFlow(realm.flow("idp-username-password-form"));
        ObjectNode other = answer(elsewhere, Suite.newPerson());

        String ready =
                app.provider("acme", copy -> copy.put("firstBrokerLoginFlowAlias", "social exchange first login"));
        String automatic = withFlow(realm.flow("idp-detect-existing-broker-user", "idp-auto-link"));

        assertThat(answer(ready, claiming(user -> {}))).isEqualTo(other);
        assertThat(answer(ready, claiming(user -> user.put("enabled", false)))).isEqualTo(other);
        assertThat(answer(automatic, claiming(user -> user.put("enabled", false))))
                .isEqualTo(other);
        assertThat(answer(ready, asUsername())).isEqualTo(other);
    }

    /** Keycloak looks for the address first, so that a taken username would be told only where nobody has the address. */
    @Test
    void takenUsernameTellsNothingOfTheAddress() {
        String alias = app.provider("acme");
        String taken = Suite.unique("taken");
        realm.user(taken, Suite.unique("owner") + "@example.org", user -> {});
        Person nobodys = Suite.newPerson();

        ObjectNode free = answer(alias, nobodys.withUsername(taken).withEmail(nobodys.email(), false));
        ObjectNode used = answer(alias, claiming(user -> {}).withUsername(taken));

        assertThat(free).isEqualTo(used);
        assertThat(free.path("error_reason").asText()).isEqualTo("login_required");
        assertThat(answer(alias, Suite.newPerson().withUsername(taken))
                        .path("error_reason")
                        .asText())
                .as("where the provider vouches for the address")
                .isEqualTo("username_taken");
        assertThat(answer(alias, Suite.newPerson().withUsername(taken).withoutEmail())
                        .path("error_reason")
                        .asText())
                .as("before the flow comes to the username")
                .isEqualTo("profile_incomplete");
    }

    private static String withFlow(String flow) {
        return app.provider("acme", copy -> copy.put("firstBrokerLoginFlowAlias", flow));
    }

    /** Somebody with the address of a user, of which the provider says that it is not verified. */
    private static Person claiming(Consumer<ObjectNode> change) {
        Person person = Suite.newPerson();
        realm.user(Suite.unique("owner"), person.email(), change);
        return person.withEmail(person.email(), false);
    }

    /** The same, where the address is the user's name. */
    private static Person asUsername() {
        Person person = Suite.newPerson();
        realm.user(person.email(), Suite.unique("owner") + "@example.org", user -> {});
        return person.withUsername(person.email()).withEmail(person.email(), false);
    }

    private static ObjectNode answer(String alias, Person person) {
        OwnRealm.Traces before = realm.traces();
        Answer answer = app.request(alias, person).send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(realm.traces()).isEqualTo(before);
        ObjectNode json = answer.json().deepCopy();
        assertThat(json.path("interaction_uri").asText()).isNotEmpty();
        return json.without("interaction_uri");
    }
}
