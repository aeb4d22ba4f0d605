package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.TOKEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An id token that a signal has revoked counts no more beside something younger. */
class OldestIdTokenTest {
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
        String accessToken = SIGNER.sign(
                "ada",
                "our-app",
                claims -> {
                    claims.put("client_id", "our-app");
                    claims.put("scope", "openid");
                },
                header -> header.put("typ", "at+jwt"));

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

    private long issuedAt(Map<String, String> settings, Submission submission) {
        return prove(keycloak, OpenIdFixture.provider(settings), submission)
                .evidence()
                .issuedAt()
                .orElseThrow();
    }
}
