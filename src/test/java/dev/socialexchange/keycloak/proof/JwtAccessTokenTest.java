package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.loopback.DemoProviders;
import dev.socialexchange.keycloak.loopback.Exchanged;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Partner;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.UserModel;

/** Access tokens that are JWTs are verified here; the provider is asked for the profile only. */
class JwtAccessTokenTest {
    private final Oidc acme = Loopback.providers().acme();
    private final Partner partner = Loopback.providers().partner();

    @Test
    void acceptsTokenOfRfc9068() {
        Loopback.accessToken(DemoProviders.like("acme"), acme.jwtAccessToken(Oidc.CLIENT_ID, Loopback.newPerson()))
                .assertProven();
    }

    @Test
    void refusesTokenWhoseClientIsForeignOrUnnamed() {
        Person person = Loopback.newPerson();
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

        ExchangeIdentityProvider alias = withoutIntrospection();
        for (String token : new String[] {foreign, audienceOnly, both}) {
            Exchanged answer = Loopback.accessToken(alias, token);
            answer.assertRefused(400, "invalid_request", "token_for_another_app");
        }
        for (String token : new String[] {foreign, both}) {
            Exchanged answer = Loopback.accessToken(DemoProviders.like("acme"), token);
            answer.assertRefused(400, "invalid_request", "token_for_another_app");
        }
    }

    /** Okta's own authorization server: its keys are nobody else's to know. */
    @Test
    void introspectionDecidesAboutTokenOfAKeyThatNobodyHasPublished() {
        Person person = Loopback.newPerson();
        String token =
                acme.jwtAccessToken(Oidc.CLIENT_ID, person, claims -> {}, header -> header.put("kid", "not-published"));

        ExchangeIdentityProvider alias = withoutIntrospection();
        Loopback.accessToken(alias, token).assertRefused("token_invalid", "token_invalid: key_unknown");
        Loopback.accessToken(DemoProviders.like("acme"), token).assertProven();
        assertThat(ProviderEndpoint.binding("acme").requests(Loopback.providers(), token))
                .hasSize(1);

        acme.revoke(token);
        Loopback.accessToken(DemoProviders.like("acme"), token).assertRefused(400, "invalid_request", "token_invalid");
    }

    private static ExchangeIdentityProvider withoutIntrospection() {
        return DemoProviders.without("acme", List.of("tokenIntrospectionUrl"), Map.of());
    }

    @ParameterizedTest
    @CsvSource({"none, algorithm_not_allowed", "HS256, algorithm_not_allowed"})
    void refusesForgedToken(String algorithm, String detail) {
        ExchangeIdentityProvider alias = withoutIntrospection();
        String token = acme.jwtAccessToken(
                Oidc.CLIENT_ID, Loopback.newPerson(), claims -> {}, header -> header.put("alg", algorithm));

        Loopback.accessToken(alias, token).assertRefused("token_invalid", "token_invalid: " + detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Refresh", "Offline", "ID", "Logout"})
    void refusesKeycloakTokenOfAnotherType(String type) {
        Person person = Loopback.newPerson();
        String token = partner.accessToken(Partner.CLIENT_ID, person, claims -> claims.put("typ", type), header -> {});

        Exchanged answer = Loopback.accessToken(DemoProviders.like("partner"), token);

        answer.assertRefused(400, "invalid_request", "token_kind_mismatch");
    }

    /** RFC 6750 §3.1: 403 is about the token's scope, or its audience; the token itself may be good. */
    @Test
    void takesTheTokensOwnClaimsWhenUserinfoIsForbidden() {
        ExchangeIdentityProvider alias = DemoProviders.like("partner", Map.of("exchangeTokenAudience", "account"));
        Person person = Loopback.newPerson();

        Exchanged answer = Loopback.accessToken(alias, forbiddenByUserinfo(person));

        answer.assertProven();
        assertThat(answer.identity().getEmail()).isEqualTo(person.email());
    }

    /** Whoever had the account has such a token, too; the person has the account back. */
    @Test
    void tokenFromBeforeASignalOpensNothingWhenTheLinkIsInOrderAgain() {
        ExchangeIdentityProvider alias = DemoProviders.like("partner", Map.of("exchangeTokenAudience", "account"));
        Person person = Loopback.newPerson();
        long now = Instant.now().getEpochSecond();
        String old =
                partner.accessToken(Partner.CLIENT_ID, person, claims -> claims.put("iat", now - 100), header -> {});
        Fault forbidden = Fault.json(403, "{\"error\":\"insufficient_scope\"}");
        ProviderEndpoint.profile("partner").fault(Loopback.providers(), forbidden.forToken(old));
        String young = forbiddenByUserinfo(person);
        List<String> marks = new ArrayList<>();
        UserModel user = RealTypes.fake(
                UserModel.class,
                Map.of("getAttributeStream", arguments -> List.copyOf(marks).stream(), "setAttribute", arguments -> {
                    ((List<?>) arguments[1]).forEach(mark -> marks.add(mark.toString()));
                    return null;
                }));
        LinkMark.of(user, ExternalAccount.of(Loopback.accessToken(alias, old).identity()))
                .suspendedAt(now - 50)
                .revokedAt(now - 50)
                .resumedAt(now - 10)
                .write(user);

        assertThat(LinkMark.refusal(user, Loopback.accessToken(alias, old).identity()))
                .hasValueSatisfying(refused -> assertThat(refused.error().reason(refused.detail()))
                        .isEqualTo("token_invalid: revoked_by_provider"));
        assertThat(LinkMark.refusal(user, Loopback.accessToken(alias, young).identity()))
                .isEmpty();
    }

    /** RFC 9068 §4: whoever runs that audience's API could sign in as everybody who calls it. */
    @Test
    void refusesTokenForAnotherAudienceThatUserinfoDoesNotAccept() {
        ExchangeIdentityProvider alias = DemoProviders.like("partner", Map.of());
        Person person = Loopback.newPerson();

        Exchanged answer = Loopback.accessToken(alias, forbiddenByUserinfo(person));

        answer.assertRefused(400, "invalid_request", "token_for_another_audience");
        assertThat(answer.description()).doesNotContain("account").doesNotContain("exchangeTokenAudience");
        assertThat(answer.event()).isEqualTo("token_for_another_audience: not_in_exchangeTokenAudience");
    }

    private String forbiddenByUserinfo(Person person) {
        String token = partner.accessToken(Partner.CLIENT_ID, person);
        ProviderEndpoint.profile("partner")
                .fault(
                        Loopback.providers(),
                        Fault.json(403, "{\"error\":\"insufficient_scope\"}").forToken(token));
        return token;
    }

    @Test
    void refusesTokenThatUserinfoDoesNotKnow() {
        Person person = Loopback.newPerson();
        String token = partner.accessToken(Partner.CLIENT_ID, person);
        ProviderEndpoint.profile("partner")
                .fault(Loopback.providers(), Fault.status(401).forToken(token));

        Exchanged answer = Loopback.accessToken(DemoProviders.like("partner"), token);

        answer.assertRefused(400, "invalid_request", "token_invalid");
    }

    @Test
    void refusesProfileOfSomebodyElse() {
        Person person = Loopback.newPerson();
        ExchangeIdentityProvider alias = DemoProviders.like("partner", Map.of());
        String token = partner.accessToken(Partner.CLIENT_ID, person);
        ProviderEndpoint.profile("partner")
                .fault(
                        Loopback.providers(),
                        Fault.altered(profile -> {
                                    profile.put("sub", "4711");
                                    return profile;
                                })
                                .forToken(token));

        Loopback.accessToken(alias, token).assertRefused("token_invalid", "token_invalid: subject_mismatch");
    }
}
