package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.idToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nonces of the realm's own, on a clock that the test sets. */
class IssuedNoncesTest {
    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak();
    private final IssuedNonces nonces = new IssuedNonces(keycloak);
    private final OfflineProvider provider = OpenIdFixture.provider(Map.of("exchangeNonce", "issued"));

    @Test
    void issuedNonceCounts() {
        assertThatCode(() -> nonces.require(nonces.issue())).doesNotThrowAnyException();
    }

    @Test
    void refusesNonceThatHasExpired() {
        String nonce = nonces.issue();
        Instant then = Instant.now();

        keycloak.at(() -> then.plusSeconds(IssuedNonces.LIFESPAN_SECONDS - 2));
        assertThatCode(() -> nonces.require(nonce)).doesNotThrowAnyException();
        keycloak.at(() -> then.plusSeconds(IssuedNonces.LIFESPAN_SECONDS + 1));
        assertThat(refusal(nonce)).isEqualTo("nonce_expired");
    }

    @Test
    void refusesNonceOfAnotherClient() {
        String nonce = nonces.issue();
        keycloak.by("another");
        assertThat(refusal(nonce)).isEqualTo("nonce_foreign");
    }

    @Test
    void nonceOutlivesARotationOfKeys() {
        String nonce = nonces.issue();
        keycloak.rotated();
        assertThatCode(() -> nonces.require(nonce)).doesNotThrowAnyException();
        assertThatCode(() -> nonces.require(nonces.issue())).doesNotThrowAnyException();
    }

    @Test
    void letsANonceInOnceUnlessItIsReleased() {
        String nonce = nonces.issue();
        SingleUse.Claim claim = nonces.claim(nonce);
        assertThat(catchThrowableOfType(ExchangeException.class, () -> nonces.claim(nonce))
                        .detail())
                .isEqualTo("nonce_used");
        claim.release();
        assertThatCode(() -> nonces.claim(nonce)).doesNotThrowAnyException();
    }

    /** And the token stays good, for it was not its fault. */
    @Test
    void tokenIsReleasedWhenItsNonceWasUsedBefore() {
        String nonce = nonces.issue();
        String token = token(nonce, "1");
        SingleUse.Claim used = nonces.claim(nonce);

        assertRefused(keycloak, provider, idToken(token, nonce), ExchangeError.NONCE_NOT_ISSUED, "nonce_used");

        used.release();
        Proof proof = Proofs.prove(keycloak, provider, idToken(token, nonce));
        assertRefused(keycloak, provider, idToken(token, nonce), ExchangeError.TOKEN_REPLAYED, null);
        proof.singleUse().release();
        assertThat(Proofs.prove(keycloak, provider, idToken(token, nonce)).method())
                .isEqualTo(Proof.Method.JWKS);
    }

    @Test
    void refusesNonceOfNobodyBeforeAnybodyIsAsked() {
        Submission submission = idToken(token("made-up", "1"), "made-up");

        ExchangeException refused = catchThrowableOfType(
                ExchangeException.class, () -> new Prover(keycloak, provider).requireAccepted(submission));

        assertThat(refused.error()).isEqualTo(ExchangeError.NONCE_NOT_ISSUED);
        assertThat(refused.detail()).isEqualTo("nonce_foreign");
    }

    @Test
    void usedTokenIsForgottenOnceItWouldBeTooOld() {
        OfflineProvider brief = OpenIdFixture.provider(Map.of("exchangeMaxAge", "60"));
        String token = OpenIdFixture.SIGNER.sign("1", "our-app", claims -> {});
        Proofs.prove(keycloak, brief, idToken(token)).singleUse().keep();

        Instant now = Instant.now();
        keycloak.at(() -> now.plus(Duration.ofSeconds(65)));
        assertRefused(keycloak, brief, idToken(token), ExchangeError.TOKEN_REPLAYED, null);
        keycloak.at(() -> now.plus(Duration.ofSeconds(75)));
        assertRefused(keycloak, brief, idToken(token), ExchangeError.TOKEN_TOO_OLD, null);
    }

    private static String token(String nonce, String subject) {
        return OpenIdFixture.SIGNER.sign(
                subject, "our-app", claims -> claims.put("nonce", Digests.sha256Base64Url(nonce)));
    }

    private String refusal(String nonce) {
        ExchangeException refused = catchThrowableOfType(ExchangeException.class, () -> nonces.require(nonce));
        assertThat(refused.error()).isEqualTo(ExchangeError.NONCE_NOT_ISSUED);
        return refused.detail();
    }
}
