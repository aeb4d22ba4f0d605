package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonceSealTest {
    private static final long EXPIRY = 2_208_988_800L; // beyond 2038
    private static final NonceSeal SEAL = seal("key", "realm\nclient");

    @Test
    void tellsTheExpiryOfItsOwn() {
        assertThat(SEAL.expiry(SEAL.nonce(EXPIRY))).hasValue(EXPIRY);
    }

    @Test
    void everyNonceIsAnother() {
        assertThat(SEAL.nonce(EXPIRY)).isNotEqualTo(SEAL.nonce(EXPIRY)).matches("[A-Za-z0-9_-]{48}");
    }

    @Test
    void doesNotKnowThoseOfOthers() {
        assertThat(SEAL.expiry(seal("another key", "realm\nclient").nonce(EXPIRY)))
                .isEmpty();
        assertThat(SEAL.expiry(seal("key", "realm\nanother client").nonce(EXPIRY)))
                .isEmpty();
    }

    @Test
    void doesNotKnowAnyThatWasChanged() {
        String nonce = SEAL.nonce(EXPIRY);
        for (int at = 0; at < nonce.length(); at++) {
            char other = nonce.charAt(at) == 'A' ? 'B' : 'A';
            assertThat(SEAL.expiry(nonce.substring(0, at) + other + nonce.substring(at + 1)))
                    .as("changed at %d", at)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n-0S6_WzA2Mj", "ä", "================================================"})
    void doesNotKnowWhatIsNone(String nonce) {
        assertThat(SEAL.expiry(nonce)).isEmpty();
    }

    private static NonceSeal seal(String key, String owner) {
        return new NonceSeal(key.getBytes(StandardCharsets.UTF_8), owner);
    }
}
