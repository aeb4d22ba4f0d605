package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderCopies;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Partner;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens that are JWTs are verified here; the provider is asked for the profile only. */
class JwtAccessTokenIT {
    private final Oidc acme = Suite.providers().acme();
    private final Partner partner = Suite.providers().partner();

    @Test
    void acceptsTokenOfRfc9068() {
        assertTokens(Exchanges.accessToken("acme", acme.jwtAccessToken(Oidc.CLIENT_ID, Suite.newPerson())));
    }

    @Test
    void refusesTokenWhoseClientIsForeignOrUnnamed() {
        Person person = Suite.newPerson();
        String foreign = acme.jwtAccessToken(Provider.FOREIGN_CLIENT, person);
        String audienceOnly = acme.jwtAccessToken(
                Oidc.CLIENT_ID,
                person,
                claims -> {
                    claims.remove("client_id");
                    claims.put("aud", Oidc.CLIENT_ID);
                },
                header -> {});
        String both = acme.jwtAccessToken(
                Oidc.CLIENT_ID, person, claims -> claims.put("azp", Provider.FOREIGN_CLIENT), header -> {});

        String alias = withoutIntrospection();
        for (String token : new String[] {foreign, audienceOnly, both}) {
            Answer answer = Exchanges.accessToken(alias, token);
            assertRefused(answer, 400, "invalid_request", "token_for_another_app", alias, person.id());
        }
        for (String token : new String[] {foreign, both}) {
            Answer answer = Exchanges.accessToken("acme", token);
            assertRefused(answer, 400, "invalid_request", "token_for_another_app", "acme", person.id());
        }
    }

    /** Okta's own authorization server: its keys are nobody else's to know. */
    @Test
    void introspectionDecidesAboutTokenOfAKeyThatNobodyHasPublished() {
        Person person = Suite.newPerson();
        String token =
                acme.jwtAccessToken(Oidc.CLIENT_ID, person, claims -> {}, header -> header.put("kid", "not-published"));

        String alias = withoutIntrospection();
        assertRefused(Exchanges.accessToken(alias, token), 400, "invalid_request", "token_invalid", alias, person.id());
        assertThat(Exchanges.refusals(alias)).containsExactly("token_invalid: key_unknown");
        assertTokens(Exchanges.accessToken("acme", token));
        assertThat(ProviderEndpoint.binding("acme").requests(Suite.providers(), token))
                .hasSize(1);
        assertThat(Suite.linked("acme", person.id())).hasSize(1);

        acme.revoke(token);
        assertRefused(Exchanges.accessToken("acme", token), 400, "invalid_request", "token_invalid");
    }

    private static String withoutIntrospection() {
        return ProviderCopies.without("acme", "tokenIntrospectionUrl");
    }

    @ParameterizedTest
    @CsvSource({"none, algorithm_not_allowed", "HS256, algorithm_not_allowed"})
    void refusesForgedToken(String algorithm, String detail) {
        String alias = withoutIntrospection();
        String token = acme.jwtAccessToken(
                Oidc.CLIENT_ID, Suite.newPerson(), claims -> {}, header -> header.put("alg", algorithm));

        assertRefused(Exchanges.accessToken(alias, token), 400, "invalid_request", "token_invalid");
        assertThat(Exchanges.refusals(alias)).containsExactly("token_invalid: " + detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Refresh", "Offline", "ID", "Logout"})
    void refusesKeycloakTokenOfAnotherType(String type) {
        Person person = Suite.newPerson();
        String token = partner.accessToken(Partner.CLIENT_ID, person, claims -> claims.put("typ", type), header -> {});

        Answer answer = Exchanges.accessToken("partner", token);

        assertRefused(answer, 400, "invalid_request", "token_kind_mismatch", "partner", person.id());
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

    /** RFC 9068 §4: whoever runs that audience's API could sign in as everybody who calls it. */
    @Test
    void refusesTokenForAnotherAudienceThatUserinfoDoesNotAccept() {
        String alias = Suite.identityProvider("partner", Map.of());
        Person person = Suite.newPerson();

        Answer answer = Exchanges.accessToken(alias, forbiddenByUserinfo(person));

        assertRefused(answer, 400, "invalid_request", "token_for_another_audience", alias, person.id());
        assertThat(answer.body()).doesNotContain("account").doesNotContain("exchangeTokenAudience");
        assertThat(Exchanges.refusals(alias))
                .containsExactly("token_for_another_audience: not_in_exchangeTokenAudience");
    }

    private String forbiddenByUserinfo(Person person) {
        String token = partner.accessToken(Partner.CLIENT_ID, person);
        ProviderEndpoint.profile("partner")
                .fault(
                        Suite.providers(),
                        Fault.json(403, "{\"error\":\"insufficient_scope\"}").forToken(token));
        return token;
    }

    @Test
    void refusesTokenThatUserinfoDoesNotKnow() {
        Person person = Suite.newPerson();
        String token = partner.accessToken(Partner.CLIENT_ID, person);
        ProviderEndpoint.profile("partner")
                .fault(Suite.providers(), Fault.status(401).forToken(token));

        Answer answer = Exchanges.accessToken("partner", token);

        assertRefused(answer, 400, "invalid_request", "token_invalid", "partner", person.id());
    }

    @Test
    void refusesProfileOfSomebodyElse() {
        Person person = Suite.newPerson();
        String alias = Suite.identityProvider("partner", Map.of());
        String token = partner.accessToken(Partner.CLIENT_ID, person);
        ProviderEndpoint.profile("partner")
                .fault(
                        Suite.providers(),
                        Fault.altered(profile -> {
                                    profile.put("sub", "4711");
                                    return profile;
                                })
                                .forToken(token));

        assertRefused(Exchanges.accessToken(alias, token), 400, "invalid_request", "token_invalid", alias, person.id());
        assertThat(Suite.linked(alias, "4711")).isEmpty();
        assertThat(Exchanges.refusals(alias)).containsExactly("token_invalid: subject_mismatch");
    }
}
