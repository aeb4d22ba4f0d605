package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Refusals;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Silver is a brokered login, gold takes a second factor in the post-login flow. */
class LevelOfAuthenticationIT {
    private static final String LEVELS = "{\"silver\":\"1\",\"gold\":\"2\",\"platinum\":\"3\"}";

    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(
                representation -> representation.withObject("/attributes").put("acr.loa.map", LEVELS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default.acr.values", "minimum.acr.value"})
    void asksForTheSecondFactorOfTheLevelThatTheClientWants(String attribute) {
        App app = app(Map.of(attribute, "gold"));
        String alias = provider(app, "auth-otp-form");
        int sessions = realm.sessions();

        Answer answer = app.request(alias, Suite.newPerson()).send();

        Refusals.assertRefused(answer, 400, "interaction_required", "second_factor");
        assertThat(answer.text("interaction_uri")).isNotEmpty();
        assertThat(realm.sessions()).isEqualTo(sessions);
    }

    @Test
    void asksForTheSecondFactorOfTheLevelThatTheExchangeWants() {
        App app = app(Map.of());
        String alias = provider(app, "auth-otp-form");
        Person person = Suite.newPerson();

        Answer gold = app.request(alias, person).param("acr_values", "gold").send();
        Answer silver = app.request(alias, person).param("acr_values", "silver").send();
        Answer either =
                app.request(alias, person).param("acr_values", "gold silver").send();

        Refusals.assertRefused(gold, 400, "interaction_required", "second_factor");
        assertAcr(silver, "silver");
        assertAcr(either, "silver");
    }

    @Test
    void doesNotGoBelowTheClientsMinimum() {
        App app = app(Map.of("minimum.acr.value", "gold"));
        String alias = provider(app, "auth-otp-form");

        Answer answer = app.request(alias, Suite.newPerson())
                .param("acr_values", "silver")
                .send();

        Refusals.assertRefused(answer, 400, "interaction_required", "second_factor");
    }

    @ParameterizedTest
    @CsvSource({"silver,silver", "gold,gold", "2,2", "platinum,gold", "unheard-of,silver"})
    void tellsTheLevelThatWasReached(String asked, String reached) {
        App app = app(Map.of());
        String alias = provider(app, "allow-access-authenticator");

        Answer answer =
                app.request(alias, Suite.newPerson()).param("acr_values", asked).send();

        assertAcr(answer, reached);
    }

    @Test
    void callsWhateverStopsOnTheWayToAHigherLevelASecondFactor() {
        App app = app(Map.of("default.acr.values", "gold"));
        String alias = provider(app, "auth-password-form");

        Answer answer = app.request(alias, Suite.newPerson()).send();

        Refusals.assertRefused(answer, 400, "interaction_required", "second_factor");
    }

    @Test
    void leavesALevelAloneThatNoFlowAsksForAsABrowserLoginDoes() {
        App app = app(Map.of("default.acr.values", "gold"));

        assertAcr(app.request(app.provider("acme"), Suite.newPerson()).send(), "silver");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "x"})
    void refusesValuesThatAreNone(String character) {
        App app = app(Map.of());
        String values = character.isBlank() ? character : character.repeat(513);

        Answer answer = app.request(app.provider("acme"), Suite.newPerson())
                .param("acr_values", values)
                .send();

        Refusals.assertRefused(answer, 400, "invalid_request", "parameter_invalid");
    }

    private static void assertAcr(Answer answer, String acr) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.claims().path("acr").asText()).isEqualTo(acr);
    }

    private static App app(Map<String, String> attributes) {
        return App.of(realm, client -> attributes.forEach(client.withObject("/attributes")::put));
    }

    /** @param second step of the second level; the first takes nothing but the brokered login */
    static String provider(App app, String second) {
        String flow = levels(app.realm(), second);
        return app.provider("acme", copy -> copy.put("postBrokerLoginFlowAlias", flow));
    }

    private static String levels(OwnRealm realm, String second) {
        String flow = Suite.unique("levels");
        realm.admin().createFlow(flow);
        int level = 1;
        for (String step : List.of("allow-access-authenticator", second)) {
            String name = realm.admin().addConditionalFlow(flow, Suite.unique("level"));
            String condition = realm.admin().addExecution(name, "conditional-level-of-authentication");
            realm.admin()
                    .configureExecution(
                            condition,
                            Suite.unique("level"),
                            Map.of("loa-condition-level", String.valueOf(level++), "loa-max-age", "36000"));
            realm.admin().addExecution(name, step);
        }
        return flow;
    }
}
