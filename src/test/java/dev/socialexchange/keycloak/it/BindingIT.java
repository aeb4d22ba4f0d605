package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderCopies;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Which app is this token for?" is asked beside "who is it?"; what the answers mean is shown by {@code BindingTest}. */
class BindingIT {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Simulator providers = Suite.providers();

    @ParameterizedTest
    @ValueSource(strings = {"google", "custom"})
    void asksForBindingAndProfileSideBySideAndOnce(String like) {
        String alias =
                ProviderCopies.without(like, List.of(), Map.of("exchangeTimeout", String.valueOf(LONGEST.toMillis())));
        String token = own(like, Suite.newPerson());
        ProviderEndpoint binding = ProviderEndpoint.binding(like);
        ProviderEndpoint profile = ProviderEndpoint.profile(like);
        CountDownLatch both = new CountDownLatch(2);
        Fault once = Fault.rewritten(answer -> whenAsked(both, answer)).forToken(token);
        binding.fault(providers, once);
        profile.fault(providers, once);

        assertTokens(Exchanges.accessToken(alias, token));

        assertThat(binding.requests(providers, token)).hasSize(1);
        assertThat(profile.requests(providers, token)).hasSize(1);
    }

    /** Either answers only once the other one has been asked as well. */
    private static String whenAsked(CountDownLatch both, String answer) {
        both.countDown();
        try {
            return both.await(LONGEST.toSeconds() / 2, TimeUnit.SECONDS) ? answer : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String own(String like, Person person) {
        Provider provider = ProviderTokens.of(like);
        return provider.accessToken(provider.clientId(), person);
    }
}
