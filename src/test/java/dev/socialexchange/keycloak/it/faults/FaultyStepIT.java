package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Every step of ours with each of its settings missing, empty, malformed and wrong, in a first login and in every login: whoever
 * comes gets tokens, or the contract's refusal, and can use the same token once the step is mended. The steps and their settings
 * are those that the jar announces.
 */
@OlderKeycloakOnDemand
class FaultyStepIT {
    private static final List<String> WRONG = List.of(
            "",
            "  ",
            "no such thing",
            "[",
            "{}",
            "##",
            "@",
            "*",
            ".",
            "/",
            "/a/b~2",
            "\u0000",
            "-1",
            "x".repeat(20_000));

    private static final FaultyRealm REALM = FaultyRealm.create();

    /** Steps where the flow comes to them only with somebody who is known already. */
    private static final String CREATE = "idp-create-user-if-unique";

    static Stream<Arguments> steps() {
        return ServiceLoader.load(AuthenticatorFactory.class).stream()
                .filter(provider -> provider.type().getName().startsWith("dev.socialexchange."))
                .map(ServiceLoader.Provider::get)
                .map(step -> Arguments.of(step.getId(), properties(step)));
    }

    private static List<String> properties(AuthenticatorFactory step) {
        List<ProviderConfigProperty> properties = step.getConfigProperties();
        return properties == null
                ? List.of()
                : properties.stream().map(ProviderConfigProperty::getName).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void everySettingOfOurStepsCanBeWrong(String step, List<String> properties) {
        String first = REALM.realm().flow(step, CREATE);
        String later = REALM.realm().flow(step);
        String newcomers = REALM.provider("acme", provider -> provider.put("firstBrokerLoginFlowAlias", first));
        String everybody = REALM.provider("acme", provider -> provider.put("postBrokerLoginFlowAlias", later));
        List<String> places = List.of(place(first), place(later));

        wrong(properties).forEach((what, settings) -> {
            places.forEach(place -> REALM.unvalidated("step-settings/" + place, settings));
            Person newcomer = FaultyRealm.newPerson();
            verify(step, what, newcomers, newcomer);
            Person owner = FaultyRealm.newPerson();
            String user = REALM.realm().user(Suite.unique("owner"), owner.email(), local -> {});
            verify(step, what, newcomers, owner);
            verify(step, what, everybody, FaultyRealm.newPerson());
            REALM.realm().admin().deleteUser(user);
        });
    }

    private static void verify(String step, String what, String alias, Person person) {
        TokenRequest request = REALM.request(alias, person);
        Answer answer = request.send();
        FaultyRealm.assertContract(answer);
        assertThat(answer.status())
                .as("%s with %s: %s", step, what, answer.body())
                .isNotEqualTo(503);
        if (answer.status() != 200) {
            REALM.assertNobody(alias, person);
        }
        if (answer.errorReason().equals("setup_faulty")) {
            assertThat(REALM.lastReason()).contains("step " + step);
        }
    }

    private static String place(String flow) {
        String id = REALM.realm().admin().executions(flow).path(0).path("id").asText();
        REALM.realm().admin().configureExecution(id, Suite.unique("settings"), Map.of("none", ""));
        return id;
    }

    private static Map<String, Map<String, String>> wrong(List<String> properties) {
        Map<String, Map<String, String>> wrong = new LinkedHashMap<>();
        wrong.put("no settings", Map.of());
        for (String property : properties) {
            List<String> values = new ArrayList<>(WRONG);
            values.forEach(value ->
                    wrong.put(property + '=' + (value.length() > 100 ? "(long)" : value), Map.of(property, value)));
        }
        return wrong;
    }
}
