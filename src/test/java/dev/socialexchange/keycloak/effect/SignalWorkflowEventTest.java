package dev.socialexchange.keycloak.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.events.EventType;

/** Which events start a workflow: those of signals about which something may be done. */
class SignalWorkflowEventTest {

    private static Map<String, String> details(String outcome) {
        return new HashMap<>(Map.of("identity_provider", "google", "signal", "account-disabled", "outcome", outcome));
    }

    @ParameterizedTest
    @CsvSource({
        "link_suspended sessions_ended, true",
        "recorded, true",
        "link_kept_as_last_way_in, true",
        "left_to_directory link_suspended sessions_ended, true",
        "audited, false",
        "protected, false",
        "outdated sessions_ended, false"
    })
    void workflowIsStartedWhereSomethingMayBeDone(String outcome, boolean started) {
        assertThat(SignalWorkflowEvent.isMeant(EventType.REVOKE_GRANT, details(outcome)))
                .isEqualTo(started);
    }

    @Test
    void otherEventsOfTheSameTypeAreNobodysSignal() {
        assertThat(SignalWorkflowEvent.isMeant(EventType.REVOKE_GRANT, null)).isFalse();
        assertThat(SignalWorkflowEvent.isMeant(EventType.REVOKE_GRANT, Map.of("revoked_client", "app")))
                .isFalse();
        assertThat(SignalWorkflowEvent.isMeant(EventType.LOGIN, details("recorded")))
                .isFalse();
    }
}
