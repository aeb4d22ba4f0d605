package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.provider.Conformance;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.ProviderData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * First logins by providers that give no addresses, in realms whose user profile is Keycloak's own, and where an admin has
 * changed it. The conformance test's realm asks for nothing, and so would not show what most people meet.
 */
class NoAddressIT {
    private static App app;
    private static App withoutAddresses;
    private static App withoutNames;

    static List<String> types() {
        return Conformance.withoutAddresses();
    }

    @BeforeAll
    static void createRealms() {
        app = app(Set.of());
        withoutAddresses = app(Set.of("email"));
        withoutNames = app(Set.of("email", "firstName", "lastName"));
    }

    private static App app(Set<String> optional) {
        OwnRealm realm = OwnRealm.create();
        ObjectNode profile = (ObjectNode) realm.admin().get("/users/profile");
        for (JsonNode attribute : profile.path("attributes")) {
            if (optional.contains(attribute.path("name").asText())) {
                ((ObjectNode) attribute).remove("required");
            }
        }
        realm.admin().put("/users/profile", profile);
        App created = App.of(realm);
        types().forEach(created::conforming);
        return created;
    }

    @ParameterizedTest
    @MethodSource("types")
    void isIncompleteWithKeycloaksUserProfileAndFinishedInABrowser(String type) {
        Person person = Suite.newPerson();

        Answer stopped = app.continuable(request(app, type, person)).send();

        assertRefused(stopped, 400, "interaction_required", "profile_incomplete");
        assertThat(linked(app, type, person)).isZero();
        String address = Suite.unique("typed") + "@example.org";
        Tab browser = Chromium.newBrowser().open(stopped.text("interaction_uri"));
        browser.clicks("#kc-continue").types("#email", address);
        browser.types("#firstName", "Typed").types("#lastName", "Name").clicks("[type=submit]");
        Answer tokens = app.redeem(browser);
        JsonNode user = app.realm().user(tokens);
        assertThat(user.path("email").asText()).isEqualTo(address);
        assertThat(user.path("emailVerified").asBoolean())
                .as("typed, and vouched for by nobody")
                .isFalse();
        Answer again = request(app, type, person).send();
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.claims().path("sub")).isEqualTo(tokens.claims().path("sub"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void isALoginWhereTheUserProfileAsksForNothingThatTheProviderLacks(String type) {
        Person person = Suite.newPerson();
        boolean named = identity(type, person).get("lastName") != null;

        Answer answer = request(withoutAddresses, type, person).send();
        Answer withoutName = request(withoutNames, type, person).send();

        if (named) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(withoutAddresses.realm().user(answer).has("email")).isFalse();
        } else {
            assertRefused(answer, 400, "interaction_required", "profile_incomplete");
            assertThat(linked(withoutAddresses, type, person)).isZero();
        }
        assertThat(withoutName.status()).as(withoutName.body()).isEqualTo(200);
        assertThat(withoutNames.realm().user(withoutName).has("email")).isFalse();
    }

    /** With what this provider accepts. */
    private static TokenRequest request(App app, String type, Person person) {
        DataProvider provider = Suite.providers().described(type);
        TokenRequest request =
                app.realm().tokens().exchange(type).as(app.clientId()).scope("openid");
        if (Conformance.binds(type)) {
            return request.type(TokenType.ACCESS_TOKEN).subjectToken(provider.accessToken(provider.clientId(), person));
        }
        provider.data()
                .token()
                .further()
                .forEach((name, value) ->
                        request.param(name, value.equals(ProviderData.ANY) ? "of-the-front-end" : value));
        return request.type(TokenType.AUTHORIZATION_CODE)
                .subjectToken(provider.code(
                        provider.clientId(), person, ConformanceChecks.REDIRECT, ConformanceChecks.CHALLENGE))
                .param("redirect_uri", ConformanceChecks.REDIRECT)
                .param("code_verifier", ConformanceChecks.VERIFIER);
    }

    private static int linked(App app, String type, Person person) {
        String subject = String.valueOf(identity(type, person).get("id"));
        return app.realm().admin().usersByLink(type, subject).size();
    }

    private static Map<String, Object> identity(String type, Person person) {
        return Suite.providers().described(type).identity(person, false);
    }
}
