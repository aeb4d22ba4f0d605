package dev.socialexchange.keycloak.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.provider.SignalSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderModel;

class SignalPollTest {

    @Test
    void providerThatIsNotFetchedFromMayHaveWhateverMistakes() {
        assertThat(SignalPoll.isFetchedFrom(provider(true, Map.of("exchangeMaxAge", "soon"))))
                .isFalse();
        assertThat(SignalPoll.isFetchedFrom(provider(true, Map.of(SignalSettings.POLL, ""))))
                .isFalse();
    }

    @Test
    void providerWithAnAddressIsFetchedFromWhileItIsEnabled() {
        Map<String, String> polled = Map.of(SignalSettings.POLL, "https://transmitter.example/poll");

        assertThat(SignalPoll.isFetchedFrom(provider(true, polled))).isTrue();
        assertThat(SignalPoll.isFetchedFrom(provider(false, polled))).isFalse();
    }

    private static IdentityProviderModel provider(boolean enabled, Map<String, String> config) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setEnabled(enabled);
        model.setConfig(config);
        return model;
    }
}
