package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done about signals where nobody has said anything, and where somebody has. */
class SignalSettingsTest {

    private static SignalSettings settings(Map<String, String> config) {
        return new ExchangeSettings(config).signals();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ENFORCE", "on"})
    void nothingIsTakenUnlessSomebodySaysSo(String mode) {
        assertThat(settings(Map.of("exchangeSignals", mode)).mode()).isEqualTo(SignalMode.OFF);
        assertThat(settings(Map.of()).mode()).isEqualTo(SignalMode.OFF);
    }

    /** A false alarm must do no lasting harm, and a true one must not be without effect. */
    @ParameterizedTest
    @EnumSource(NeutralEvent.class)
    void usuallyNobodyIsDisabledOrDeleted(NeutralEvent event) {
        assertThat(settings(Map.of()).action(event))
                .isNotIn(SignalAction.DISABLE_USER, SignalAction.REQUIRE_ACTION, SignalAction.IGNORE);
    }

    @Test
    void policyChangesOneEventAndLeavesTheOthers() {
        SignalSettings settings =
                settings(Map.of("exchangeSignalsPolicy", "[{\"key\":\"account-deleted\",\"value\":\"disable-user\"}]"));

        assertThat(settings.action(NeutralEvent.ACCOUNT_DELETED)).isEqualTo(SignalAction.DISABLE_USER);
        assertThat(settings.action(NeutralEvent.ACCOUNT_DISABLED)).isEqualTo(SignalAction.SUSPEND_LINK);
    }

    @ParameterizedTest
    @EnumSource(SignalAction.class)
    void actionsAreCalledAsTheSettingsSpellThem(SignalAction action) {
        assertThat(SignalAction.byId(action.id())).contains(action);
        assertThat(action.id()).matches("[a-z-]+");
    }
}
