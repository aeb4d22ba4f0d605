package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.Proofs.accessToken;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An API holds its callers' access tokens (RFC 9068 §4). What the token's audience, the issuer's user info and the setting say,
 * and what comes of it.
 */
class AccessTokenAudienceTest {
    private static final String ISSUER = "https://issuer.example";
    private static final String USER_INFO = ISSUER + "/me";
    private static final String INTROSPECTION = ISSUER + "/introspect";
    private static final String API = "https://api.example";
    private static final String UNAUTHORIZED = "{\"error\":\"invalid_token\"}";
    private static final Issuer SIGNER = new Issuer(ISSUER, "k1");

    private final OfflineKeycloak keycloak = new OfflineKeycloak().knowing(SIGNER);

    // nothing configured

    @ParameterizedTest
    @ValueSource(strings = {API, "account", "our-app"})
    void tokenThatUserInfoAcceptsCountsWhateverItsAudience(String audience) {
        userInfo(200, "{\"sub\":\"ada\"}");

        accepted(token(audience), Map.of());
    }

    @Test
    void tokenWithoutAudienceNeedsTheUserInfo() {
        String token = token(claims -> claims.remove("aud"));

        anotherAudience(token, without("userInfoUrl"));
        userInfo(403, "{}");
        anotherAudience(token, Map.of());
    }

    /** Today's npm oidc-provider answers 401, others 403, to a token whose audience is an API. */
    @ParameterizedTest
    @CsvSource({"401", "403", "400"})
    void tokenForAnApiIsRefusedForItsAudienceAndNotCalledInvalid(int status) {
        userInfo(status, UNAUTHORIZED);

        anotherAudience(token(API), Map.of());
    }

    @Test
    void tokenForAnApiIsRefusedWithoutUserInfo() {
        anotherAudience(token(API), without("userInfoUrl"));
    }

    @Test
    void tokenForOurAppNeedsNoUserInfo() {
        accepted(token("our-app"), without("userInfoUrl"));
        accepted(token("our-mobile-app"), without("userInfoUrl"));
        accepted(token(claims -> claims.put("aud", List.of(API, "our-app"))), without("userInfoUrl"));
    }

    @Test
    void tokenForOurAppThatUserInfoForbidsCountsByItsOwnClaims() {
        userInfo(403, "{\"error\":\"insufficient_scope\"}");

        accepted(token("our-app"), Map.of());
    }

    @Test
    void tokenForOurAppThatUserInfoDoesNotKnowIsInvalid() {
        userInfo(401, UNAUTHORIZED);

        invalid(token("our-app"), Map.of());
    }

    @Test
    void userInfoOfSomebodyElseIsNoAcceptance() {
        userInfo(200, "{\"sub\":\"somebody-else\"}");

        refused(token(API), Map.of(), ExchangeError.TOKEN_INVALID, "subject_mismatch");
    }

    @Test
    void outageOfTheUserInfoSaysNothingOfTheToken() {
        userInfo(503, "");

        for (String audience : List.of(API, "our-app")) {
            refused(token(audience), Map.of(), ExchangeError.PROVIDER_UNAVAILABLE, "provider_status_503");
        }
    }

    // with exchangeTokenAudience

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void tokenForAListedApiCountsWhateverUserInfoSaysOfItsAudience(int status) {
        userInfo(status, UNAUTHORIZED);

        accepted(token(API), listing(API));
        accepted(token(claims -> claims.put("aud", List.of("https://other.example", API))), listing(API));
    }

    @Test
    void tokenForAListedApiCountsWithoutUserInfo() {
        Map<String, String> settings = new HashMap<>(without("userInfoUrl"));
        settings.putAll(listing(API));

        accepted(token(API), settings);
    }

    @Test
    void tokenForAnApiThatIsNotListedIsRefusedThoughUserInfoAcceptsIt() {
        userInfo(200, "{\"sub\":\"ada\"}");

        anotherAudience(token("https://other.example"), listing(API + "##https://third.example"));
        anotherAudience(token(claims -> claims.remove("aud")), listing(API));
        assertThat(keycloak.calls(USER_INFO)).as("nobody is asked about it").isEmpty();
    }

    @Test
    void tokenForOurAppCountsBesideAListedApi() {
        userInfo(200, "{\"sub\":\"ada\"}");

        accepted(token("our-app"), listing(API));
        userInfo(401, UNAUTHORIZED);
        invalid(token("our-app"), listing(API));
        accepted(token("our-app"), listing("our-app"));
    }

    @Test
    void outageOfTheUserInfoIsAnOutageForAListedApiToo() {
        userInfo(502, "");

        refused(token(API), listing(API), ExchangeError.PROVIDER_UNAVAILABLE, "provider_status_502");
    }

    // revoked tokens, where that can be told from a wrong audience

    /** Keycloak's user info (26.7) looks at no audience: its 401 is about the token. */
    @Test
    void tokenOfAKeycloakThatUserInfoDoesNotKnowIsRevoked() {
        userInfo(401, UNAUTHORIZED);
        String token = token(claims -> {
            claims.put("aud", "account");
            claims.put("typ", "Bearer");
        });

        invalid(token, Map.of());
        invalid(token, listing("account"));
    }

    @Test
    void tokenOfAKeycloakWithoutTheScopeOfUserInfoCountsWhereItsAudienceIsListed() {
        userInfo(403, "{\"error\":\"insufficient_scope\"}");
        String token = token(claims -> {
            claims.put("aud", "account");
            claims.put("typ", "Bearer");
        });

        accepted(token, listing("account"));
        anotherAudience(token, Map.of());
    }

    /** Auth0 puts its user info beside the API into the audience: then a 401 is about the token. */
    @ParameterizedTest
    @ValueSource(strings = {USER_INFO, ISSUER})
    void tokenForTheUserInfoAsWellThatItDoesNotKnowIsRevoked(String second) {
        userInfo(401, UNAUTHORIZED);
        String token = token(claims -> claims.put("aud", List.of(API, second)));

        invalid(token, listing(API));
        invalid(token, Map.of());
        userInfo(200, "{\"sub\":\"ada\"}");
        accepted(token, listing(API));
        accepted(token, Map.of());
    }

    @Test
    void introspectionTellsARevokedTokenOfAListedApi() {
        userInfo(401, UNAUTHORIZED);
        Map<String, String> settings = new HashMap<>(listing(API));
        settings.put("tokenIntrospectionUrl", INTROSPECTION);

        keycloak.answering(INTROSPECTION, 200, "{\"active\":false}");
        refused(token(API), settings, ExchangeError.TOKEN_INVALID, "not_active");
        keycloak.answering(INTROSPECTION, 200, "{\"active\":true}");
        accepted(token(API), settings);
        keycloak.answering(INTROSPECTION, 500, "");
        refused(token(API), settings, ExchangeError.PROVIDER_UNAVAILABLE, "provider_status_500");
    }

    // opaque tokens

    @Test
    void audienceThatIntrospectionNamesIsHeldToTheSameRule() {
        Map<String, String> settings = new HashMap<>(without("userInfoUrl"));
        settings.put("tokenIntrospectionUrl", INTROSPECTION);
        introspected("\"aud\":\"" + API + "\"");
        anotherAudience("an-opaque-access-token", settings);

        introspected("\"aud\":[\"x\",\"our-app\"]");
        accepted("an-opaque-access-token", settings);
        introspected("\"scope\":\"openid\"");
        accepted("an-opaque-access-token", settings);

        settings.putAll(listing(API));
        anotherAudience("an-opaque-access-token", settings);
        introspected("\"aud\":\"" + API + "\"");
        accepted("an-opaque-access-token", settings);
    }

    @Test
    void audienceThatIntrospectionNamesDoesNotMatterWhereTheUserInfoOpens() {
        introspected("\"aud\":\"" + API + "\"");
        userInfo(200, "{\"sub\":\"ada\"}");

        accepted("an-opaque-access-token", Map.of("tokenIntrospectionUrl", INTROSPECTION));
    }

    // no person

    @ParameterizedTest
    @CsvSource({"sub, our-app", "sub, our-app@clients", "gty, client-credentials", "idtyp, app"})
    void tokenThatAnAppGotForItselfIsNobody(String claim, String value) {
        userInfo(200, "{\"sub\":\"ada\"}");

        refused(
                token(claims -> claims.put(claim, value)),
                Map.of(),
                ExchangeError.TOKEN_KIND_MISMATCH,
                "token_of_a_client");
    }

    private void introspected(String more) {
        keycloak.answering(
                INTROSPECTION,
                200,
                "{\"active\":true,\"client_id\":\"our-app\",\"token_type\":\"Bearer\",\"sub\":\"ada\"," + more + "}");
    }

    private void userInfo(int status, String answer) {
        keycloak.answering(USER_INFO, status, answer);
    }

    private static String token(String audience) {
        return token(claims -> claims.put("aud", audience));
    }

    private static String token(Consumer<Map<String, Object>> changes) {
        return SIGNER.sign(
                "ada",
                API,
                claims -> {
                    claims.put("client_id", "our-app");
                    claims.put("scope", "openid profile");
                    changes.accept(claims);
                },
                header -> header.put("typ", "at+jwt"));
    }

    private static Map<String, String> listing(String audiences) {
        return Map.of("exchangeTokenAudience", audiences);
    }

    private static Map<String, String> without(String setting) {
        return Map.of(setting, "");
    }

    private static OfflineProvider provider(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "clientId",
                "our-app",
                "exchangeAudience",
                "our-mobile-app",
                "issuer",
                ISSUER,
                "useJwksUrl",
                "true",
                "jwksUrl",
                ISSUER + "/jwks",
                "userInfoUrl",
                USER_INFO));
        all.putAll(settings);
        return OfflineProvider.openId(all);
    }

    private void accepted(String token, Map<String, String> settings) {
        OfflineProvider provider = provider(settings);

        assertThat(provider.subject(
                        prove(keycloak, provider, accessToken(token)).evidence()))
                .contains("ada");
    }

    private void anotherAudience(String token, Map<String, String> settings) {
        refused(token, settings, ExchangeError.TOKEN_FOR_ANOTHER_AUDIENCE, "not_in_exchangeTokenAudience");
    }

    private void invalid(String token, Map<String, String> settings) {
        refused(token, settings, ExchangeError.TOKEN_INVALID, "refused_by_provider");
    }

    private void refused(String token, Map<String, String> settings, ExchangeError error, String detail) {
        assertRefused(keycloak, provider(settings), accessToken(token), error, detail);
    }
}
