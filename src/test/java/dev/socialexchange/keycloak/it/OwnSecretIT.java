package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own credentials are wrong: that is no fault of the token, and nobody gets in by it. */
class OwnSecretIT {
    private static final Map<String, String> WRONG = Map.of("clientSecret", "out-of-date", "pkceEnabled", "false");

    @ParameterizedTest
    @ValueSource(strings = {"facebook", "github", "acme", "legacy", "custom"})
    void wrongSecretIsNoBadAccessToken(String like) {
        String alias = Suite.identityProvider(like, WRONG);
        Provider provider = ProviderTokens.of(like);
        Person person = Suite.newPerson();

        refuses(alias, person, Exchanges.accessToken(alias, provider.accessToken(provider.clientId(), person)));
        refuses(alias, person, Exchanges.accessToken(alias, provider.accessToken(Provider.FOREIGN_CLIENT, person)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void wrongSecretIsNoBadCode(String like) {
        String alias = Suite.identityProvider(like, WRONG);
        Provider provider = ProviderTokens.of(like);
        Person person = Suite.newPerson();
        String code = provider.code(provider.clientId(), person, "postmessage", null);

        refuses(alias, person, Exchanges.code(alias, code, "postmessage").send());
    }

    private static void refuses(String alias, Person person, Answer answer) {
        assertRefused(answer, 503, "temporarily_unavailable", "provider_unavailable", alias, person.id());
        assertThat(answer.body()).doesNotContain("out-of-date");
    }
}
