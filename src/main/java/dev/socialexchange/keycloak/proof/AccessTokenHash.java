package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** {@code at_hash} (OpenID Connect Core §3.1.3.6): which access token an id token was issued with. */
final class AccessTokenHash {

    private AccessTokenHash() {}

    /**
     * Refuses an access token that another id token was issued with.
     *
     * @return whether it is known to be this one's; false if the id token does not say
     */
    static boolean require(SignedToken idToken, String accessToken) {
        return require(idToken, "at_hash", accessToken);
    }

    /** The same of an authorization code (OpenID Connect Core §3.3.2.11). */
    static boolean requireOfCode(SignedToken idToken, String code) {
        return require(idToken, "c_hash", code);
    }

    private static boolean require(SignedToken idToken, String claim, String value) {
        JsonNode hash = idToken.claims().path(claim);
        if (hash.isMissingNode() || hash.isNull()) {
            return false;
        }
        if (!Digests.same(of(idToken.algorithm(), value), hash.asText())) {
            throw SignedToken.invalid(claim + "_mismatch");
        }
        return true;
    }

    /** The left half of the hash that the id token's signature is made with; of Ed25519 that is SHA-512. */
    static String of(String algorithm, String value) {
        String bits = algorithm.replaceAll("\\D", "");
        byte[] hash = digest("SHA-" + (bits.isEmpty() ? "512" : bits), value.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
    }

    private static byte[] digest(String algorithm, byte[] data) {
        try {
            return MessageDigest.getInstance(algorithm).digest(data);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("verified with " + algorithm + ", which no signature has", impossible);
        }
    }
}
