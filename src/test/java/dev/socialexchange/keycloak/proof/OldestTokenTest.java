package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.INTROSPECTION;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.TOKEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signal has revoked counts no more, also beside something younger: an id token, and whatever else counts without its provider being asked. */
class OldestTokenTest {
    private static final long NOW = Instant.now().getEpochSecond();
    private static final long BEFORE = NOW - 100;

    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak().answering(USER_INFO, 200, "{\"sub\":\"ada\"}");

    private static String idToken(long issued) {
        return SIGNER.sign("ada", "our-app", claims -> claims.put("iat", issued));
    }

    private static Submission submission(String accessToken, String code) {
        return new Submission(
                TokenKind.ID_TOKEN,
                idToken(BEFORE),
                null,
                code == null ? null : "https://app.example/cb",
                null,
                accessToken,
                code,
                null,
                Map.of());
    }

    @Test
    void idTokenAloneIsAsOldAsItIs() {
        assertThat(issuedAt(Map.of(), submission(null, null))).isEqualTo(BEFORE);
    }

    @Test
    void idTokenIsAsOldBesideItsAccessToken() {
        String accessToken = accessToken("our-app", claims -> {});

        assertThat(issuedAt(Map.of(), submission(accessToken, null))).isEqualTo(BEFORE);
    }

    /** Whether the code's profile is read, or its id token's claims. */
    @ParameterizedTest
    @ValueSource(strings = {USER_INFO, ""})
    void idTokenIsAsOldBesideItsCode(String userInfo) {
        keycloak.answering(TOKEN, 200, OpenIdFixture.tokens(idToken(NOW), "at"));

        assertThat(issuedAt(Map.of("userInfoUrl", userInfo), submission(null, "code")))
                .isEqualTo(BEFORE);
    }

    @Test
    void codeAloneIsAsOldAsItsIdToken() {
        keycloak.answering(TOKEN, 200, OpenIdFixture.tokens(idToken(NOW), "at"));

        assertThat(issuedAt(Map.of(), Proofs.code("code"))).isEqualTo(NOW);
    }

    /** Without a user info, with one that forbids it, and with one that knows no API's tokens: nobody vouches for it now. */
    @ParameterizedTest
    @CsvSource({"'', 0, our-app", "https://issuer.example/me, 403, our-app", "https://issuer.example/me, 401, the-api"})
    void accessTokenThatNobodyVouchesForNowIsAsOldAsItSays(String userInfo, int status, String audience) {
        keycloak.answering(USER_INFO, status, "{\"error\":\"invalid_token\"}");
        Map<String, String> settings = Map.of("userInfoUrl", userInfo, "exchangeTokenAudience", "the-api");
        Submission old = Proofs.accessToken(accessToken(audience, claims -> claims.put("iat", BEFORE)));

        assertThat(issuedAt(settings, old)).isEqualTo(BEFORE);
    }

    @Test
    void accessTokenThatTheProviderVouchesForIsAsYoungAsItsWord() {
        String api = accessToken("the-api", claims -> claims.remove("iat"));
        assertThat(evidence(Map.of(), Proofs.accessToken(api)).issuedAt())
                .as("user info")
                .isEmpty();

        keycloak.answering(USER_INFO, 401, "{\"error\":\"invalid_token\"}")
                .answering(INTROSPECTION, 200, "{\"active\":true,\"client_id\":\"our-app\"}");
        Map<String, String> asked = Map.of("tokenIntrospectionUrl", INTROSPECTION, "exchangeTokenAudience", "the-api");
        assertThat(evidence(asked, Proofs.accessToken(api)).issuedAt())
                .as("introspection")
                .isEmpty();
    }

    @Test
    void accessTokenThatNobodyVouchesForHasToSaySinceWhenItIs() {
        OfflineProvider provider = OpenIdFixture.provider(Map.of("userInfoUrl", ""));

        assertRefused(
                keycloak,
                provider,
                Proofs.accessToken(accessToken("our-app", claims -> claims.remove("iat"))),
                ExchangeError.TOKEN_INVALID,
                "iat_missing");
        assertRefused(
                keycloak,
                provider,
                Proofs.accessToken(accessToken("our-app", claims -> claims.put("iat", NOW + 60))),
                ExchangeError.TOKEN_INVALID,
                "iat_in_future");
    }

    /** The id token has no hash of it, so that nobody has said that the two came together. Mappers read it, or the profile is its own. */
    @ParameterizedTest
    @CsvSource({"'', 0", "https://issuer.example/me, 403"})
    void idTokenIsNoYoungerThanTheAccessTokenBesideItThatNobodyVouchesFor(String userInfo, int status) {
        keycloak.answering(USER_INFO, status, "{}");
        Submission both = new Submission(
                TokenKind.ID_TOKEN,
                idToken(NOW),
                null,
                null,
                null,
                accessToken("our-app", claims -> claims.put("iat", BEFORE)),
                null,
                null,
                Map.of());

        assertThat(issuedAt(Map.of("userInfoUrl", userInfo), both)).isEqualTo(BEFORE);
    }

    private static String accessToken(String audience, Consumer<Map<String, Object>> change) {
        return SIGNER.sign(
                "ada",
                audience,
                claims -> {
                    claims.put("client_id", "our-app");
                    claims.put("scope", "openid");
                    change.accept(claims);
                },
                header -> header.put("typ", "at+jwt"));
    }

    private long issuedAt(Map<String, String> settings, Submission submission) {
        return evidence(settings, submission).issuedAt().orElseThrow();
    }

    private Evidence evidence(Map<String, String> settings, Submission submission) {
        return prove(keycloak, OpenIdFixture.provider(settings), submission).evidence();
    }
}
