package dev.socialexchange.keycloak.signal;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.proof.Surroundings;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyWrapper;

/**
 * A public key as a provider's console shows it.
 *
 * @param hex its 32 bytes
 */
record Ed25519Key(String hex) {
    /** RFC 8410 §4: what stands before the bytes of such a key. */
    private static final String PREFIX = "302a300506032b6570032100";

    private static final int SIGNATURE_BYTES = 64;

    boolean hasSigned(Surroundings surroundings, byte[] text, byte[] signature) {
        return signature.length == SIGNATURE_BYTES && surroundings.signatures().verify(key(), text, signature);
    }

    private KeyWrapper key() {
        try {
            KeyWrapper key = new KeyWrapper();
            key.setType(KeyType.OKP);
            key.setAlgorithm(Algorithm.EdDSA);
            key.setCurve(Algorithm.Ed25519);
            key.setPublicKey(KeyFactory.getInstance(Algorithm.Ed25519)
                    .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(PREFIX + hex))));
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            throw ExchangeException.unavailable("signal_key_unreadable");
        }
    }
}
