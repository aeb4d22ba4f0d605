package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Which app is this token for?" is asked beside "who is it?"; what the answers mean is shown by {@code BindingTest}. */
class BindingIT {
    private static final Duration LATENCY = Duration.ofMillis(900);

    private final Simulator providers = Suite.providers();

    @ParameterizedTest
    @ValueSource(strings = {"google", "custom"})
    void asksForBindingAndProfileSideBySideAndOnce(String like) {
        String token = own(like, Suite.newPerson());
        ProviderEndpoint binding = ProviderEndpoint.binding(like);
        ProviderEndpoint profile = ProviderEndpoint.profile(like);
        binding.fault(providers, Fault.latency(LATENCY).forToken(token));
        profile.fault(providers, Fault.latency(LATENCY).forToken(token));

        Answer answer = Exchanges.accessToken(like, token);

        assertTokens(answer);
        assertThat(answer.took()).isBetween(LATENCY, LATENCY.multipliedBy(2));
        assertThat(binding.requests(providers, token)).hasSize(1);
        assertThat(profile.requests(providers, token)).hasSize(1);
    }

    private static String own(String like, Person person) {
        Provider provider = ProviderTokens.of(like);
        return provider.accessToken(provider.clientId(), person);
    }
}
