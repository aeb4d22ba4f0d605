package dev.socialexchange.keycloak.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.simulator.DataProvider;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where one document names the app and the person, it is asked for once. */
class OneAnswerTest {

    @ParameterizedTest
    @ValueSource(strings = {"reddit", "yandex"})
    void bindingAndProfileAtOneAddressAreOneCall(String type) {
        ExchangeIdentityProvider provider = DescribedProviders.of(type);
        AccessTokenRules rules = provider.descriptor().accessToken().orElseThrow();
        URI profile = URI.create(rules.profile().orElseThrow().url());
        assertThat(rules.binding().flatMap(Binding::asked).orElseThrow().url()).isEqualTo(profile.toString());
        DataProvider simulated = DescribedProviders.simulated(type);
        String token = simulated.accessToken(simulated.clientId(), Loopback.newPerson());

        Loopback.accessToken(provider, token).assertProven();

        assertThat(Loopback.providers().requests(profile.getHost(), null).stream()
                        .filter(request -> request.carries(token)))
                .hasSize(1);
    }
}
