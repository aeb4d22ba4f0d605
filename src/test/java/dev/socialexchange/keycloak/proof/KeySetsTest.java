package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.HIDDEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.ISSUER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.idToken;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a provider is asked for its keys, and what its answer means for a token. */
class KeySetsTest {
    private static final String KEYS = ISSUER + "/jwks";

    private final OfflineKeycloak keycloak = new OfflineKeycloak();
    private final OfflineProvider provider = OpenIdFixture.provider(Map.of());

    @Test
    void keySetIsLoadedOnce() {
        keycloak.answering(KEYS, 200, SIGNER.keySet());

        prove(keycloak, provider, idToken(token(SIGNER, "1", 0)));
        prove(keycloak, provider, idToken(token(SIGNER, "2", 0)));

        assertThat(keycloak.calls(KEYS)).hasSize(1);
    }

    @Test
    void tokenThatNamesNoKeyIsTriedWithWhatFits() {
        keycloak.answering(KEYS, 200, SIGNER.keySet());

        prove(keycloak, provider, idToken(SIGNER.sign("1", "our-app", claims -> {}, header -> header.remove("kid"))));

        String forged = HIDDEN.sign("1", "our-app", claims -> {}, header -> header.remove("kid"));
        assertRefused(keycloak, provider, idToken(forged), ExchangeError.TOKEN_INVALID, "key_unknown");
    }

    /** The key may have come into use a moment ago. */
    @Test
    void unknownKeyOfANewTokenIsLookedForAgain() {
        keycloak.answering(KEYS, 200, SIGNER.keySet());
        prove(keycloak, provider, idToken(token(SIGNER, "1", 0)));

        assertRefused(keycloak, provider, idToken(token(HIDDEN, "2", 0)), ExchangeError.TOKEN_INVALID, "key_unknown");

        assertThat(keycloak.calls(KEYS)).hasSize(2);
    }

    @Test
    void unknownKeyOfAnOldTokenIsNot() {
        keycloak.answering(KEYS, 200, SIGNER.keySet());
        prove(keycloak, provider, idToken(token(SIGNER, "1", 0)));

        assertRefused(keycloak, provider, idToken(token(HIDDEN, "2", -80)), ExchangeError.TOKEN_INVALID, "key_unknown");

        assertThat(keycloak.calls(KEYS)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 302})
    void withoutKeysNothingIsSaidOfAToken(int status) {
        keycloak.answering(KEYS, status, "{}");

        assertRefused(
                keycloak,
                provider,
                idToken(token(SIGNER, "1", 0)),
                ExchangeError.PROVIDER_UNAVAILABLE,
                "keys_unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "null", "{\"keys\":null}", "{\"keys\":[5]}", "{\"keys\":5}", "no json"})
    void withoutReadableKeysNeither(String keySet) {
        keycloak.answering(KEYS, 200, keySet);

        assertRefused(
                keycloak,
                provider,
                idToken(token(SIGNER, "1", 0)),
                ExchangeError.PROVIDER_UNAVAILABLE,
                "keys_unreadable");
    }

    /** A provider that is down is not asked once per token. */
    @Test
    void providerThatHasJustFailedIsLeftInPeaceForAMoment() {
        Instant now = Instant.now();
        keycloak.at(() -> now).answering(KEYS, 500, "{}");
        for (String subject : new String[] {"1", "2"}) {
            assertRefused(
                    keycloak,
                    provider,
                    idToken(token(SIGNER, subject, 0)),
                    ExchangeError.PROVIDER_UNAVAILABLE,
                    "keys_unavailable");
        }
        assertThat(keycloak.calls(KEYS)).hasSize(1);

        keycloak.at(() -> now.plusSeconds(2)).answering(KEYS, 200, SIGNER.keySet());
        prove(keycloak, provider, idToken(token(SIGNER, "1", 0)));
    }

    @Test
    void thatThisNodeIsBusySaysNothingOfTheProvider() {
        keycloak.answering(KEYS, call -> new Outcome.Failure(Outcome.Cause.BUSY_HERE));
        assertRefused(
                keycloak,
                provider,
                idToken(token(SIGNER, "1", 0)),
                Outcome.Cause.BUSY_HERE.refusal().error(),
                Outcome.Cause.BUSY_HERE.detail());

        keycloak.answering(KEYS, 200, SIGNER.keySet());
        prove(keycloak, provider, idToken(token(SIGNER, "1", 0)));
    }

    private static String token(Issuer issuer, String subject, int age) {
        return issuer.sign(
                subject, "our-app", claims -> claims.put("iat", Instant.now().getEpochSecond() + age));
    }
}
