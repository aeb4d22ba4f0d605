package dev.socialexchange.keycloak.imports;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * A hash of another back end's, spelled as it is verified: by Keycloak (26.7) as it is, or by a provider of ours. At the first login with the password Keycloak makes
 * one of its own. Whoever has written the export has chosen the numbers, so they are bounded: a hash must not cost a server more than its own.
 *
 * @param value in padded base64, as which it is compared
 */
record PasswordHash(String algorithm, int iterations, byte[] salt, Map<String, List<String>> parameters, String value) {
    private static final int MAX_ITERATIONS = 5_000_000;

    private static final int MAX_LENGTH = 1024;
    private static final int MIN_SALT = 4;
    private static final int MAX_SALT = 128;
    private static final int MIN_HASH = 16;
    private static final int MAX_HASH = 128;

    /** Empty for what neither Keycloak nor a provider of ours can verify, or should. */
    static Optional<PasswordHash> of(String stored) {
        if (stored.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return Pbkdf2Hashes.of(stored)
                .or(() -> Argon2Hashes.of(stored))
                .or(() -> DotNetHashes.of(stored))
                .filter(PasswordHash::isBounded)
                .or(() -> BcryptHashes.of(stored))
                .or(() -> ScryptHashes.of(stored))
                .or(() -> FirebaseHashes.of(stored));
    }

    private boolean isBounded() {
        int length = Base64.getDecoder().decode(value).length;
        return iterations >= 1
                && (long) iterations * blocks(length) <= MAX_ITERATIONS
                && isSalt(salt)
                && length >= MIN_HASH
                && length <= MAX_HASH;
    }

    static boolean isSalt(byte[] salt) {
        return salt.length >= MIN_SALT && salt.length <= MAX_SALT;
    }

    /** PBKDF2 takes all its iterations for each block that a value is longer; Argon2 does not. */
    private int blocks(int length) {
        int digest = algorithm.endsWith("-sha512") ? 64 : algorithm.endsWith("-sha256") ? 32 : 20;
        return algorithm.startsWith("pbkdf2") ? (length + digest - 1) / digest : 1;
    }

    PasswordCredentialModel credential() {
        return PasswordCredentialModel.createFromValues(algorithm, salt, iterations, parameters, value);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    static String padded(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }

    /** A record would print it. */
    @Override
    public String toString() {
        return algorithm;
    }
}
