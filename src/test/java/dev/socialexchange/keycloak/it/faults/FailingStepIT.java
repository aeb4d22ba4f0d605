package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.FailingStep;
import com.example.thirdparty.Fault;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody else's step, which the server's options name, and which fails in every way there is. */
@OlderKeycloakOnDemand
class FailingStepIT {
    private static final FaultyRealm REALM = FaultyRealm.create();

    /** A flow with a failing step in it, and the id of the step. */
    private record Flow(String alias, String step) {
        static Flow of(String... authenticators) {
            String alias = REALM.realm().flow(authenticators);
            for (var step : REALM.realm().admin().executions(alias)) {
                if (step.path("providerId").asText().equals(FailingStep.ID)) {
                    String id = step.path("id").asText();
                    REALM.realm().admin().configureExecution(id, Suite.unique("fault"), Map.of(FailingStep.FAULT, ""));
                    return new Flow(alias, id);
                }
            }
            throw new AssertionError("no failing step");
        }

        void failsBy(Fault fault) {
            REALM.unvalidated(
                    "step-settings/" + step, fault == null ? Map.of() : Map.of(FailingStep.FAULT, fault.name()));
        }
    }

    private static final Flow FIRST = Flow.of("idp-create-user-if-unique", FailingStep.ID);
    private static final Flow LATER = Flow.of(FailingStep.ID);
    private static final String ALIAS =
            REALM.provider("acme", provider -> provider.put("firstBrokerLoginFlowAlias", FIRST.alias())
                    .put("postBrokerLoginFlowAlias", LATER.alias()));

    @ParameterizedTest
    @EnumSource(Fault.class)
    void stepOfTheFirstLoginThatFailsIsNamedAndLeavesNobody(Fault fault) {
        assertNamed(FIRST, fault, FaultyRealm.newPerson());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void stepOfEveryLoginThatFailsIsNamedAndLeavesNobodyNew(Fault fault) {
        assertNamed(LATER, fault, FaultyRealm.newPerson());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void stepOfEveryLoginThatFailsIsNamedToWhoIsKnown(Fault fault) {
        Person person = FaultyRealm.newPerson();
        REALM.login(ALIAS, person);

        assertNamed(LATER, fault, person);
    }

    @Test
    void stepThatFailsForWhoHasAnAccountHereDoesNotTellOthersSo() {
        Flow flow = Flow.of(FailingStep.ID);
        REALM.realm()
                .admin()
                .updateExecution(flow.alias(), flow.step(), step -> step.put("requirement", "ALTERNATIVE"));
        String create = REALM.realm().admin().addExecution(flow.alias(), "idp-create-user-if-unique");
        REALM.realm().admin().updateExecution(flow.alias(), create, step -> step.put("requirement", "ALTERNATIVE"));
        REALM.realm().admin().post("/authentication/executions/" + create + "/raise-priority", Map.of());
        String alias = REALM.provider("acme", provider -> provider.put("firstBrokerLoginFlowAlias", flow.alias())
                .put("trustEmail", false));
        Person owner = FaultyRealm.newPerson();
        REALM.realm().user(Suite.unique("owner"), owner.email(), user -> {});
        flow.failsBy(Fault.NULL_POINTER);

        Answer vouched = REALM.request(alias, owner).send();
        Answer claimed =
                REALM.request(alias, owner.withEmail(owner.email(), false)).send();

        FaultyRealm.assertFaulty(vouched);
        FaultyRealm.assertContract(claimed);
        assertThat(claimed.errorReason()).isEqualTo("login_required");
        assertThat(REALM.lastReason()).isEqualTo("login_required: flow %s, step failing-step".formatted(flow.alias()));
        REALM.assertNobody(alias, owner);
    }

    private static void assertNamed(Flow flow, Fault fault, Person person) {
        TokenRequest request = REALM.request(ALIAS, person);
        boolean known = !REALM.realm().linked(ALIAS, person).isEmpty();
        flow.failsBy(fault);
        FaultLog log = FaultLog.fromNow();

        Answer answer = request.send();

        flow.failsBy(null);
        String place = "flow %s, step failing-step".formatted(flow.alias());
        REALM.assertRefused(answer, fault, fault == Fault.FLOW_INTERNAL ? place + ": flow_INTERNAL_ERROR" : place);
        log.assertTold(fault);
        if (!known) {
            REALM.assertNobody(ALIAS, person);
        }
        Answer mended = request.send();
        assertThat(mended.status()).as(mended.body()).isEqualTo(200);
    }
}
