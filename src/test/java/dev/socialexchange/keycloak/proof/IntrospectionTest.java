package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.HIDDEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.INTROSPECTION;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.ISSUER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Introspection decides about access tokens that are not for us to verify, JWTs among them. */
class IntrospectionTest {
    private static final String ACTIVE =
            "{\"active\":true,\"client_id\":\"our-app\",\"token_type\":\"Bearer\",\"sub\":\"ada@org\",\"uid\":\"ada\",\"aud\":\""
                    + ISSUER + "\"}";

    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak();
    private final OfflineProvider provider = OpenIdFixture.provider(Map.of("tokenIntrospectionUrl", INTROSPECTION));

    @BeforeEach
    void openUserInfo() {
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"ada\"}");
        keycloak.answering(INTROSPECTION, 200, ACTIVE);
    }

    /** Okta's own authorization server: nobody else has its keys, and {@code sub} is a login name. */
    private static void ofOkta(Map<String, Object> claims) {
        claims.remove("client_id");
        claims.put("aud", ISSUER);
        claims.put("cid", "our-app");
        claims.put("uid", "ada");
        claims.put("sub", "ada@org");
        claims.put("scp", List.of("openid", "profile"));
    }

    @Test
    void decidesAboutAJwtOfAKeyThatNobodyHasPublished() {
        String token = token(HIDDEN, IntrospectionTest::ofOkta, header -> header.remove("typ"));

        Proof proof = accepted(token);

        assertThat(proof.method()).isEqualTo(Proof.Method.BINDING);
        assertThat(keycloak.calls(INTROSPECTION)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS512"})
    void decidesAboutAJwtWithASignatureThatNobodyElseCanVerify(String algorithm) {
        String token = token(SIGNER, claims -> {}, header -> header.put("alg", algorithm));

        assertThat(accepted(token).method()).isEqualTo(Proof.Method.BINDING);
        keycloak.answering(INTROSPECTION, 200, "{\"active\":false}");
        refused(token, ExchangeError.TOKEN_INVALID, "not_active");
        assertRefused(
                keycloak,
                OpenIdFixture.provider(Map.of()),
                accessToken(token),
                ExchangeError.TOKEN_INVALID,
                "algorithm_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id", "iss"})
    void decidesAboutAJwtThatDoesNotNameItsAppOrIssuer(String missing) {
        assertThat(accepted(token(SIGNER, claims -> claims.remove(missing), header -> {}))
                        .method())
                .isEqualTo(Proof.Method.BINDING);
    }

    @Test
    void isNotAskedAboutAJwtThatCanBeVerified() {
        assertThat(accepted(token(SIGNER, claims -> {}, header -> {})).method()).isEqualTo(Proof.Method.JWT);
        assertThat(keycloak.calls(INTROSPECTION)).isEmpty();
    }

    @Test
    void isNotAskedAboutAJwtThatIsWrong() {
        String good = token(SIGNER, claims -> {}, header -> {});
        refused(
                good.substring(0, good.lastIndexOf('.') + 1) + "AAAA",
                ExchangeError.TOKEN_INVALID,
                "signature_invalid");
        refused(
                token(SIGNER, claims -> {}, header -> header.put("alg", "none")),
                ExchangeError.TOKEN_INVALID,
                "algorithm_not_allowed");
        refused(
                token(HIDDEN, claims -> claims.put("iss", "https://other.example"), header -> {}),
                ExchangeError.ISSUER_MISMATCH,
                null);
        refused(
                token(SIGNER, claims -> claims.put("client_id", "another-app"), header -> {}),
                ExchangeError.TOKEN_FOR_ANOTHER_APP,
                null);
        assertThat(keycloak.calls(INTROSPECTION)).isEmpty();
    }

    /** Some servers open their user info with an id token: it would be one without nonce, age and single use. */
    @ParameterizedTest
    @CsvSource({"nonce, n", "at_hash, h", "typ, ID", "events, e"})
    void isNotAskedAboutWhatSaysThatItIsNoAccessToken(String claim, String value) {
        refused(
                token(HIDDEN, claims -> claims.put(claim, value), header -> header.put("typ", "JWT")),
                ExchangeError.TOKEN_KIND_MISMATCH,
                null);
        assertThat(keycloak.calls(INTROSPECTION)).isEmpty();
    }

    @Test
    void bindsAJwtToTheAppThatItNamesAndNotTheToken() {
        keycloak.answering(INTROSPECTION, 200, ACTIVE.replace("our-app", "another-app"));

        refused(token(HIDDEN, IntrospectionTest::ofOkta, header -> {}), ExchangeError.TOKEN_FOR_ANOTHER_APP, null);
    }

    @Test
    void tokenThatAnAppGotForItselfIsNobody() {
        keycloak.answering(INTROSPECTION, 200, ACTIVE.replace("ada@org", "our-app"));

        refused("an-opaque-access-token", ExchangeError.TOKEN_KIND_MISMATCH, "token_of_a_client");
    }

    /** Gitea, and others that answer only what RFC 7662 demands. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"active\":true,\"token_type\":\"Bearer\",\"sub\":\"ada\"}",
                "{\"active\":true,\"token_type\":\"Bearer\",\"sub\":\"ada\",\"aud\":\"our-app\"}",
                "{\"active\":true,\"token_type\":\"Bearer\",\"sub\":\"ada\",\"client_id\":\"\"}"
            })
    void answerThatDoesNotNameTheAppIsALimitAndNoOutage(String answer) {
        keycloak.answering(INTROSPECTION, 200, answer);

        refused("an-opaque-access-token", ExchangeError.BINDING_UNAVAILABLE, "binding_without_client_id");
    }

    /** Naver's: a call with the token, which answers how long it is good for and not whose it is. */
    @Test
    void bindingThatDoesNotNameTheAppIsALimitAndNoOutage() {
        OfflineProvider binding = OfflineProvider.describedBy(
                """
                id: intranet
                oauth2: {authorizationUrl: "https://issuer.example/authorize", tokenUrl: "https://issuer.example/token"}
                accessToken:
                  binding: {call: {get: "https://issuer.example/verify", auth: bearer}, clientId: /response/client_id}
                  profile: {get: "https://issuer.example/me", auth: bearer}
                identity: {id: /sub}
                """,
                Map.of("clientId", "our-app"));
        keycloak.answering("https://issuer.example/verify", 200, "{\"response\":{\"expire_date\":\"2027\"}}");
        assertRefused(
                keycloak,
                binding,
                accessToken("an-opaque-access-token"),
                ExchangeError.BINDING_UNAVAILABLE,
                "binding_without_client_id");

        keycloak.answering("https://issuer.example/verify", 200, "{}");
        assertRefused(
                keycloak,
                binding,
                accessToken("an-opaque-access-token"),
                ExchangeError.PROVIDER_UNAVAILABLE,
                "binding_says_nothing");
    }

    @Test
    void answerThatDoesNotNameTheAppIsEnoughWhereTokensOfAnyAppAreAccepted() {
        Map<String, String> settings =
                new HashMap<>(Map.of("tokenIntrospectionUrl", INTROSPECTION, "exchangeUnbound", "true"));
        OfflineProvider lax = OpenIdFixture.provider(settings);
        keycloak.answering(INTROSPECTION, 200, "{\"active\":true,\"token_type\":\"Bearer\",\"sub\":\"ada\"}");

        assertThat(prove(keycloak, lax, accessToken("an-opaque-access-token")).method())
                .isEqualTo(Proof.Method.UNBOUND);

        keycloak.answering(INTROSPECTION, 200, ACTIVE.replace("our-app", "another-app"));
        assertRefused(keycloak, lax, accessToken("an-opaque-access-token"), ExchangeError.TOKEN_FOR_ANOTHER_APP, null);
    }

    /** RFC 6750's words, and others', said with a status that is not theirs. */
    @ParameterizedTest
    @CsvSource({
        "200, invalid_token",
        "400, invalid_token",
        "401, invalid_token",
        "403, token_expired",
        "400, token_inactive",
        "200, expired_token"
    })
    void answerThatSaysThatTheTokenIsDeadIsNoOutage(int status, String word) {
        keycloak.answering(USER_INFO, 401, "");
        keycloak.answering(INTROSPECTION, status, "{\"error\":\"" + word + "\"}");
        refused("an-opaque-access-token", ExchangeError.TOKEN_INVALID, "refused_by_provider");
    }

    @ParameterizedTest
    @CsvSource({"200, invalid_token", "200, token_expired", "400, invalid_token", "404, expired_token"})
    void profileThatSaysThatTheTokenIsDeadIsNoOutage(int status, String word) {
        keycloak.answering(USER_INFO, status, "{\"error\":\"" + word + "\",\"error_description\":\"x\"}");

        refused("an-opaque-access-token", ExchangeError.TOKEN_INVALID, "refused_by_provider");
    }

    @ParameterizedTest
    @CsvSource({"401, invalid_client", "400, invalid_request", "500, invalid_token", "429, invalid_token"})
    void answerThatConcernsUsOrAnOutageIsNotTheTokens(int status, String word) {
        keycloak.answering(INTROSPECTION, status, "{\"error\":\"" + word + "\"}");

        refused("an-opaque-access-token", ExchangeError.PROVIDER_UNAVAILABLE, "provider_status_" + status);
    }

    private static String token(
            Issuer issuer, Consumer<Map<String, Object>> changes, Consumer<Map<String, Object>> changesOfHeader) {
        return issuer.sign(
                "ada",
                "our-app",
                claims -> {
                    claims.put("client_id", "our-app");
                    claims.put("scope", "openid");
                    changes.accept(claims);
                },
                changesOfHeader);
    }

    private Proof accepted(String token) {
        Proof proof = prove(keycloak, provider, accessToken(token));
        assertThat(provider.subject(proof.evidence())).contains("ada");
        return proof;
    }

    private void refused(String token, ExchangeError error, String detail) {
        assertRefused(keycloak, provider, accessToken(token), error, detail);
    }
}
