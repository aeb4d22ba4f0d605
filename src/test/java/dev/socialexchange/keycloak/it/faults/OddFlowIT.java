package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Flows that an import, a deletion or a jar that was taken out has left odd: whoever comes is refused, and the event says why. */
@OlderKeycloakOnDemand
class OddFlowIT {
    private static final FaultyRealm REALM = FaultyRealm.create();

    @Test
    void emptyFlowIsNamed() {
        String flow = REALM.realm().flow();

        assertFaulty(withFirst(flow), "flow %s: flow_UNKNOWN_USER".formatted(flow));
    }

    @Test
    void flowOfNothingButConditionsIsNamed() {
        String flow = REALM.realm().flow();
        String inner = REALM.realm().admin().addConditionalFlow(flow, Suite.unique("conditional"));
        REALM.realm().admin().addExecution(inner, "conditional-user-configured");

        assertFaulty(withFirst(flow), "flow %s, step conditional-user-configured: flow_UNKNOWN_USER".formatted(flow));
    }

    @Test
    void stepThatWantsAUserBeforeThereIsOneIsNamed() {
        String flow = REALM.realm().flow("auth-otp-form");

        assertFaulty(withFirst(flow), "flow %s, step auth-otp-form: flow_UNKNOWN_USER".formatted(flow));
    }

    @Test
    void stepThatAsksAboutAnAccountWithoutOneThatLooksForItIsNamed() {
        String flow = REALM.realm().flow("idp-auto-link");

        Answer answer = REALM.request(withFirst(flow), FaultyRealm.newPerson()).send();

        FaultyRealm.assertFaulty(answer);
        assertThat(REALM.lastReason()).startsWith("setup_faulty: flow %s, step idp-auto-link".formatted(flow));
    }

    @Test
    void firstLoginFlowThatIsGoneIsNamed() {
        FaultyRealm realm = FaultyRealm.create(); // whose providers Keycloak's admin API can no longer list
        String alias = realm.provider("acme");
        realm.unvalidated("flows/%s/%s".formatted(alias, UUID.randomUUID()), Map.of());
        Person person = FaultyRealm.newPerson();

        realm.assertFaulty(realm.request(alias, person).send(), "flow_missing");

        realm.assertNobody(alias, person);
    }

    @Test
    void stepOfAnExtensionThatIsGoneIsNamedAndTheTokenIsGoodOnceItIsBack() {
        String flow = REALM.realm().flow("idp-create-user-if-unique", "allow-access-authenticator");
        String step = REALM.realm().admin().executions(flow).path(1).path("id").asText();
        String alias = withFirst(flow);
        REALM.unvalidated("steps/%s/%s".formatted(step, "gone-step"), Map.of());
        Person person = FaultyRealm.newPerson();
        TokenRequest request = REALM.request(alias, person);

        REALM.assertFaulty(request.send(), "flow %s: step gone-step is not installed".formatted(flow));

        REALM.assertNobody(alias, person);
        REALM.unvalidated("steps/%s/%s".formatted(step, "allow-access-authenticator"), Map.of());
        Answer mended = request.send();
        assertThat(mended.status()).as(mended.body()).isEqualTo(200);
    }

    @Test
    void stepOfAnExtensionThatIsGoneIsNamedToWhoIsKnown() {
        String flow = REALM.realm().flow("allow-access-authenticator");
        String step = REALM.realm().admin().executions(flow).path(0).path("id").asText();
        String alias = REALM.provider("acme", provider -> provider.put("postBrokerLoginFlowAlias", flow));
        Person person = FaultyRealm.newPerson();
        REALM.login(alias, person);
        REALM.unvalidated("steps/%s/%s".formatted(step, "gone-step"), Map.of());

        REALM.assertFaulty(
                REALM.request(alias, person).send(), "flow %s: step gone-step is not installed".formatted(flow));
    }

    @Test
    void flowWithinAFlowThatIsGoneIsNamed() {
        String flow = REALM.realm().flow("idp-create-user-if-unique");
        REALM.realm().admin().addConditionalFlow(flow, Suite.unique("inner"));
        JsonNode inner = REALM.realm().admin().executions(flow).path(1);
        REALM.unvalidated("inner-flows/%s/%s".formatted(inner.path("id").asText(), UUID.randomUUID()), Map.of());

        assertFaulty(withFirst(flow), "flow %s: a flow in it is missing".formatted(flow));
    }

    @Test
    void flowThatContainsItselfIsNamed() {
        String flow = REALM.realm().flow("idp-create-user-if-unique");
        String inner = REALM.realm().admin().addConditionalFlow(flow, Suite.unique("inner"));
        REALM.realm().admin().addConditionalFlow(inner, Suite.unique("innermost"));
        JsonNode executions = REALM.realm().admin().executions(flow);
        REALM.unvalidated(
                "inner-flows/%s/%s"
                        .formatted(
                                executions.path(2).path("id").asText(),
                                executions.path(1).path("flowId").asText()),
                Map.of());

        assertFaulty(withFirst(flow), "flow " + flow);
    }

    private static String withFirst(String flow) {
        return REALM.provider("acme", provider -> provider.put("firstBrokerLoginFlowAlias", flow));
    }

    private static void assertFaulty(String alias, String named) {
        Person person = FaultyRealm.newPerson();

        REALM.assertFaulty(REALM.request(alias, person).send(), named);

        REALM.assertNobody(alias, person);
    }
}
