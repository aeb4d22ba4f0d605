package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;

import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderCopies;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens of a provider that cannot say which app they are for; what is refused is shown by {@code UnboundTest}. */
class UnboundIT {
    private static final String INTROSPECTION = "tokenIntrospectionUrl";

    @ParameterizedTest
    @ValueSource(strings = {"custom", "acme"})
    void acceptsTokenOfAnyAppOnceTheAdminHasAcceptedThat(String like) {
        String alias = ProviderCopies.without(like, List.of(INTROSPECTION), Map.of("exchangeUnbound", "true"));
        for (String client : List.of(ProviderTokens.of(like).clientId(), Provider.FOREIGN_CLIENT)) {
            assertTokens(Exchanges.accessToken(alias, ProviderTokens.of(like).accessToken(client, Suite.newPerson())));
        }
        assertRefused(Exchanges.accessToken(alias, "made-up"), 400, "invalid_request", "token_invalid");
    }
}
