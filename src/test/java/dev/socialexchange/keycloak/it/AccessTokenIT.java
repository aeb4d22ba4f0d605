package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens of every kind of provider; which are refused is shown by {@code AccessTokenTest}. */
class AccessTokenIT {

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void acceptsOwnToken(String like) {
        Person person = Suite.newPerson();
        String token = own(like, person);

        Answer first = Exchanges.accessToken(like, token);
        Answer second = Exchanges.accessToken(like, token);

        assertTokens(first);
        assertThat(first.claims().path("email").asText()).isEqualTo(person.email());
        assertTokens(second);
        assertThat(second.claims().path("sub")).isEqualTo(first.claims().path("sub"));
        assertThat(Suite.linked(like, person.id())).hasSize(1);
    }

    private static String own(String like, Person person) {
        Provider provider = ProviderTokens.of(like);
        return provider.accessToken(provider.clientId(), person);
    }
}
