package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Partner;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Access tokens that are JWTs are verified here; which are refused is shown by {@code JwtAccessTokenTest}. */
class JwtAccessTokenIT {
    private final Oidc acme = Suite.providers().acme();
    private final Partner partner = Suite.providers().partner();

    @Test
    void acceptsTokenOfRfc9068() {
        assertTokens(Exchanges.accessToken("acme", acme.jwtAccessToken(Oidc.CLIENT_ID, Suite.newPerson())));
    }

    /** RFC 6750 §3.1: 403 is about the token's scope, or its audience; the token itself may be good. */
    @Test
    void takesTheTokensOwnClaimsWhenUserinfoIsForbidden() {
        String alias = Suite.identityProvider("partner", Map.of("exchangeTokenAudience", "account"));
        Person person = Suite.newPerson();

        Answer answer = Exchanges.accessToken(alias, forbiddenByUserinfo(person));

        assertTokens(answer);
        assertThat(answer.claims().path("email").asText()).isEqualTo(person.email());
    }

    private String forbiddenByUserinfo(Person person) {
        String token = partner.accessToken(Partner.CLIENT_ID, person);
        ProviderEndpoint.profile("partner")
                .fault(
                        Suite.providers(),
                        Fault.json(403, "{\"error\":\"insufficient_scope\"}").forToken(token));
        return token;
    }
}
