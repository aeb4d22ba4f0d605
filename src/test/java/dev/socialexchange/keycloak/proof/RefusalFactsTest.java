package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.INTROSPECTION;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.ISSUER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
import static dev.socialexchange.keycloak.proof.Proofs.accessToken;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.code;
import static dev.socialexchange.keycloak.proof.Proofs.idToken;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single facts about proofs where a mistake would not show in any other test of the core. */
class RefusalFactsTest {
    private static final String SECRET = "a-token-that-nobody-prints";

    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak();
    private final OfflineProvider provider = OpenIdFixture.provider(Map.of());

    @Test
    void jwtOfAnotherIssuerWithTheSameKeysIsRefused() {
        String token = SIGNER.sign(
                "1",
                "our-app",
                claims -> {
                    claims.put("iss", "https://another.example");
                    claims.put("client_id", "our-app");
                },
                header -> header.put("typ", "at+jwt"));

        assertRefused(keycloak, provider, accessToken(token), ExchangeError.ISSUER_MISMATCH, null);
    }

    @Test
    void idTokenInThePlaceOfAnAccessTokenIsRefused() {
        String token = SIGNER.sign("1", "our-app", claims -> claims.put("azp", "our-app"));

        assertRefused(keycloak, provider, accessToken(token), ExchangeError.TOKEN_KIND_MISMATCH, null);
    }

    /** RFC 7518 §3.4. */
    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512"})
    void signatureOfAnotherLengthIsNoneWhateverTheKey(String algorithm) {
        String token = SIGNER.sign("1", "our-app", claims -> {}, header -> header.put("alg", algorithm));

        assertRefused(keycloak, provider, idToken(token), ExchangeError.TOKEN_INVALID, "signature_invalid");
        assertThat(keycloak.calls(ISSUER + "/jwks")).isEmpty();
    }

    @Test
    void tokenWithoutASignatureIsRefused() {
        String token = SIGNER.sign("1", "our-app", claims -> {});

        assertRefused(
                keycloak,
                provider,
                idToken(token.substring(0, token.lastIndexOf('.') + 1)),
                ExchangeError.TOKEN_INVALID,
                "signature_invalid");
    }

    @Test
    void nonceIsUsedUpWithItsTokenAndNotBefore() {
        OfflineProvider issuing = OpenIdFixture.provider(Map.of("exchangeNonce", "issued"));
        String nonce = new IssuedNonces(keycloak).issue();
        Submission first = withNonce("first", nonce);
        prove(keycloak, issuing, first).singleUse().release();
        prove(keycloak, issuing, first).singleUse().keep();

        long later = Instant.now().getEpochSecond() + 70; // when what was not kept has lapsed
        keycloak.at(() -> Instant.ofEpochSecond(later));

        assertRefused(keycloak, issuing, withNonce("second", nonce), ExchangeError.NONCE_NOT_ISSUED, "nonce_used");
        assertRefused(keycloak, issuing, first, ExchangeError.TOKEN_REPLAYED, null);
        assertThat(keycloak.recorded()).containsSubsequence("usedBefore [nonce]", "usedBefore [token]");
    }

    private static Submission withNonce(String id, String nonce) {
        String token = SIGNER.sign("1", "our-app", claims -> {
            claims.put("jti", id);
            claims.put("nonce", Digests.sha256Hex(nonce));
        });
        return idToken(token, nonce);
    }

    @Test
    void mayBeUsedTwiceWhereTheAdminSaysSo() {
        OfflineProvider often = OpenIdFixture.provider(Map.of("exchangeSingleUse", "false"));
        String token = SIGNER.sign("1", "our-app", claims -> {});

        prove(keycloak, often, idToken(token)).singleUse().keep();
        assertThat(prove(keycloak, often, idToken(token)).method()).isEqualTo(Proof.Method.JWKS);
    }

    @ParameterizedTest
    @CsvSource({"17, 17", "0, 1", "999999999, 3600", "soon, 5", "'', 5"})
    void whoIsTurnedAwayComesAgainWhenTheProviderSays(String header, int seconds) {
        OfflineProvider introspecting = OpenIdFixture.provider(Map.of("tokenIntrospectionUrl", INTROSPECTION));
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"1\"}")
                .answering(
                        INTROSPECTION,
                        call -> new Outcome.Answer(503, Map.of("retry-after", header), new byte[] {'{', '}'}));

        ExchangeException refused = catchThrowableOfType(
                ExchangeException.class, () -> prove(keycloak, introspecting, accessToken("opaque-access-token")));

        assertThat(refused.error()).isEqualTo(ExchangeError.PROVIDER_UNAVAILABLE);
        assertThat(refused.retryAfter()).isEqualTo(seconds);
    }

    @Test
    void providerThatCannotBeReachedSaysNothingOfAToken() {
        OfflineProvider introspecting = OpenIdFixture.provider(Map.of("tokenIntrospectionUrl", INTROSPECTION));
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"1\"}");

        ExchangeException refused = catchThrowableOfType(
                ExchangeException.class, () -> prove(keycloak, introspecting, accessToken("opaque-access-token")));

        assertThat(refused.error()).isEqualTo(ExchangeError.PROVIDER_UNAVAILABLE);
    }

    /** WeChat's profile takes the id that came with the tokens. */
    @Test
    void whatCameWithTheTokensGoesToTheProfile() {
        OfflineProvider wechat =
                OfflineProvider.ofType("wechat", Map.of("clientId", "our-app", "clientSecret", "secret"));
        String profile = "https://api.weixin.qq.com/sns/userinfo";
        keycloak.answering(profile, 200, "{\"openid\":\"o1\"}")
                .answering(
                        "https://api.weixin.qq.com/sns/oauth2/access_token",
                        200,
                        "{\"access_token\":\"at\",\"openid\":\"o1\"}");

        prove(keycloak, wechat, code("code"));
        assertThat(keycloak.calls(profile).get(0).uri()).hasToString(profile + "?access_token=at&openid=o1&lang=en");

        keycloak.answering("https://api.weixin.qq.com/sns/oauth2/access_token", 200, "{\"access_token\":\"at\"}");
        assertRefused(keycloak, wechat, code("code"), ExchangeError.PROVIDER_UNAVAILABLE, "code_answer_incomplete");
    }

    @Test
    void refreshGoesWhereTheProviderTakesIt() {
        OfflineProvider wechat =
                OfflineProvider.ofType("wechat", Map.of("clientId", "our-app", "clientSecret", "secret"));

        Call refresh = new ProviderTokens(keycloak, wechat)
                .request(Map.of("grant_type", "refresh_token", "refresh_token", "r"), Optional.empty());
        Call redemption = new ProviderTokens(keycloak, wechat)
                .request(Map.of("grant_type", "authorization_code", "code", "c"), Optional.empty());

        assertThat(refresh.uri().getPath()).isEqualTo("/sns/oauth2/refresh_token");
        assertThat(refresh.uri().getQuery()).contains("appid=our-app").contains("secret=secret");
        assertThat(redemption.uri().getPath()).isEqualTo("/sns/oauth2/access_token");
    }

    @Test
    void tokensAndPeopleArePrintedNowhere() {
        Submission submission = new Submission(
                TokenKind.ACCESS_TOKEN, SECRET, SECRET, SECRET, SECRET, SECRET, SECRET, Map.of("device_id", SECRET));
        String jwt = SIGNER.sign("1", SECRET, claims -> claims.put("name", SECRET));
        ObjectNode audience = JsonNodeFactory.instance.objectNode().put("aud", SECRET);
        ProofContext context = ProofContext.of(keycloak, provider);

        assertThat(submission.toString()).isNotBlank().doesNotContain(SECRET);
        assertThat(prove(keycloak, provider, idToken(SIGNER.sign("1", "our-app", claims -> {})))
                        .toString())
                .isEqualTo("JWKS");
        assertThat(SignedToken.parse(jwt).orElseThrow()).hasToString("RS256");
        assertThat(TokenAudience.of(context, audience)).hasToString("1 audiences");
        assertThat(TokenRequest.of(context, Map.of("grant_type", "authorization_code", "code", SECRET))
                        .toString())
                .isNotBlank()
                .doesNotContain(SECRET);
    }
}
