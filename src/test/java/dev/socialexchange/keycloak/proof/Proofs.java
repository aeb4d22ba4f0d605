package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.Map;

/** Submissions, and what comes of them. */
final class Proofs {

    private Proofs() {}

    static Submission idToken(String token) {
        return idToken(token, null);
    }

    static Submission idToken(String token, String nonce) {
        return new Submission(TokenKind.ID_TOKEN, token, nonce, null, null, null, null, Map.of());
    }

    static Submission accessToken(String token) {
        return new Submission(TokenKind.ACCESS_TOKEN, token, null, null, null, null, null, Map.of());
    }

    static Submission code(String code) {
        return new Submission(
                TokenKind.AUTHORIZATION_CODE, code, null, "https://app.example/cb", null, null, null, Map.of());
    }

    static Proof prove(OfflineKeycloak keycloak, ExchangeIdentityProvider provider, Submission submission) {
        return new Prover(keycloak, provider).prove(submission);
    }

    /** @param detail of the event, or {@code null} for none */
    static void assertRefused(
            OfflineKeycloak keycloak,
            ExchangeIdentityProvider provider,
            Submission submission,
            ExchangeError error,
            String detail) {
        assertThatThrownBy(() -> prove(keycloak, provider, submission))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> {
                    assertThat(refused.error()).as(refused.detail()).isEqualTo(error);
                    assertThat(refused.detail()).isEqualTo(detail);
                });
    }
}
