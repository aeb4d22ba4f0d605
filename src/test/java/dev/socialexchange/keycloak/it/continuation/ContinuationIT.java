package dev.socialexchange.keycloak.it.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.simulator.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an exchange could not finish alone is finished by the person, in a browser, on the realm's own pages. */
class ContinuationIT {
    private static final String PASSWORD = "correct horse";

    private static OwnRealm realm;
    private static App app;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        app = App.of(realm);
    }

    @Test
    void linksTheExistingAccountAfterItsPassword() {
        String alias = app.provider("acme");
        Person person = Suite.newPerson();
        String user = realm.user(Suite.unique("local"), person.email(), ContinuationIT::withPassword);

        Tab browser = Chromium.newBrowser().open(app.link(alias, person, "account_exists"));
        browser.sees("Continue as").sees("•••@example.org").sees("The App").photographs("interaction");
        browser.clicks("#kc-continue").clicks("#linkAccount");
        browser.types("#password", PASSWORD).photographs("interaction-password").clicks("#kc-login");
        Answer tokens = app.redeem(browser);

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.claims().path("sub").asText()).isEqualTo(user);
        assertThat(realm.linked(alias, person)).hasSize(1);
        assertExchangesAlone(alias, person, user);
    }

    private static void assertExchangesAlone(String alias, Person person, String user) {
        Answer answer = app.plainRequest(alias, person).send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.claims().path("sub").asText()).isEqualTo(user);
    }

    private static void withPassword(ObjectNode user) {
        user.putArray("credentials").addObject().put("type", "password").put("value", PASSWORD);
    }
}
