package dev.socialexchange.keycloak.imports;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * A hash of another back end's, spelled as it is verified: by Keycloak (26.7) as it is, or by a provider of ours. At the first login with the password Keycloak makes
 * one of its own. Whoever has written the export has chosen the numbers, so they are bounded: a hash must not cost a server more than its own.
 *
 * @param value in padded base64, as which it is compared
 */
record PasswordHash(String algorithm, int iterations, byte[] salt, Map<String, List<String>> parameters, String value) {
    private static final int MAX_ITERATIONS = 5_000_000;
    private static final int MAX_PASSES = 16;
    private static final int MAX_LANES = 16;
    private static final int MAX_MEMORY_KILOBYTES = 256 * 1024;

    /** Of all passes together: what Argon2 goes through takes as long as what it keeps takes room. */
    private static final long MAX_WORK_KILOBYTES = 1024 * 1024;

    private static final int MAX_LENGTH = 1024;
    private static final int MIN_SALT = 4;
    private static final int MAX_SALT = 128;
    private static final int MIN_HASH = 16;
    private static final int MAX_HASH = 128;

    /** {@code pbkdf2_sha256$iterations$salt$base64}: the salt is the text itself. */
    private static final Pattern DJANGO =
            Pattern.compile("pbkdf2_(sha256|sha1)\\$(\\d{1,8})\\$([\\x21-\\x7e&&[^$]]+)\\$([A-Za-z0-9+/=]+)");

    /** {@code $argon2id$v=19$m=65536,t=3,p=4$salt$hash}; Django writes its own word before it. */
    private static final Pattern ARGON2 = Pattern.compile(
            "(?:argon2)?\\$argon2(id|i|d)\\$(?:v=(16|19)\\$)?m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    /** {@code $pbkdf2-sha256$iterations$salt$hash} of passlib, whose base64 has a dot for the plus. */
    private static final Pattern PASSLIB = Pattern.compile(
            "\\$pbkdf2-(sha256|sha512)\\$(?:i=)?(\\d{1,8})(?:,l=\\d+)?\\$([A-Za-z0-9./+]+)\\$([A-Za-z0-9./+]+)");

    /** {@code pbkdf2:sha256:iterations$salt$hex} of Werkzeug. */
    private static final Pattern WERKZEUG =
            Pattern.compile("pbkdf2:(sha256|sha512):(\\d{1,8})\\$([\\x21-\\x7e&&[^$]]+)\\$([0-9a-f]+)");

    /** {@code salted-pbkdf2-hmac-sha256$factor$salt$hash} as the translation writes it for FusionAuth; the longer one has the same function. */
    private static final Pattern FUSION_AUTH = Pattern.compile(
            "salted-pbkdf2-hmac-sha256(?:-512)?\\$(\\d{1,8})\\$([A-Za-z0-9+/]+={0,2})\\$([A-Za-z0-9+/]+={0,2})");

    /** Empty for what neither Keycloak nor a provider of ours can verify, or should. */
    static Optional<PasswordHash> of(String stored) {
        if (stored.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return django(stored)
                .or(() -> argon2(stored))
                .or(() -> passlib(stored))
                .or(() -> werkzeug(stored))
                .or(() -> fusionAuth(stored))
                .or(() -> DotNetHashes.of(stored))
                .filter(PasswordHash::isBounded)
                .or(() -> ForeignHashes.of(stored));
    }

    private static Optional<PasswordHash> django(String stored) {
        Matcher hash = DJANGO.matcher(stored);
        return hash.matches()
                ? base64(hash.group(4))
                        .map(value -> pbkdf2(
                                hash.group(1).equals("sha1") ? "pbkdf2" : "pbkdf2-sha256",
                                hash.group(2),
                                ascii(hash.group(3)),
                                value))
                : Optional.empty();
    }

    private static Optional<PasswordHash> argon2(String stored) {
        Matcher hash = ARGON2.matcher(stored);
        if (!hash.matches()) {
            return Optional.empty();
        }
        Optional<byte[]> salt = base64(hash.group(6));
        Optional<byte[]> value = base64(hash.group(7));
        int memory = Integer.parseInt(hash.group(3));
        int lanes = Integer.parseInt(hash.group(5));
        int passes = Integer.parseInt(hash.group(4));
        if (salt.isEmpty()
                || value.isEmpty()
                || memory > MAX_MEMORY_KILOBYTES
                || (long) memory * passes > MAX_WORK_KILOBYTES
                || memory < 8 * lanes
                || lanes < 1
                || lanes > MAX_LANES
                || passes > MAX_PASSES) {
            return Optional.empty();
        }
        return Optional.of(new PasswordHash(
                "argon2",
                passes,
                salt.get(),
                Map.of(
                        "type", List.of(hash.group(1)),
                        "version", List.of("16".equals(hash.group(2)) || hash.group(2) == null ? "1.0" : "1.3"),
                        "hashLength", List.of(String.valueOf(value.get().length)),
                        "memory", List.of(String.valueOf(memory)),
                        "parallelism", List.of(String.valueOf(lanes))),
                padded(value.get())));
    }

    private static Optional<PasswordHash> passlib(String stored) {
        Matcher hash = PASSLIB.matcher(stored);
        if (!hash.matches()) {
            return Optional.empty();
        }
        Optional<byte[]> salt = base64(hash.group(3).replace('.', '+'));
        return base64(hash.group(4).replace('.', '+'))
                .filter(value -> salt.isPresent())
                .map(value -> pbkdf2("pbkdf2-" + hash.group(1), hash.group(2), salt.get(), value));
    }

    private static Optional<PasswordHash> werkzeug(String stored) {
        Matcher hash = WERKZEUG.matcher(stored);
        return hash.matches() && hash.group(4).length() % 2 == 0
                ? Optional.of(pbkdf2(
                        "pbkdf2-" + hash.group(1),
                        hash.group(2),
                        ascii(hash.group(3)),
                        HexFormat.of().parseHex(hash.group(4))))
                : Optional.empty();
    }

    private static Optional<PasswordHash> fusionAuth(String stored) {
        Matcher hash = FUSION_AUTH.matcher(stored);
        Optional<byte[]> salt = hash.matches() ? base64(hash.group(2)) : Optional.empty();
        return salt.flatMap(
                bytes -> base64(hash.group(3)).map(value -> pbkdf2("pbkdf2-sha256", hash.group(1), bytes, value)));
    }

    private static PasswordHash pbkdf2(String algorithm, String iterations, byte[] salt, byte[] value) {
        return new PasswordHash(algorithm, Integer.parseInt(iterations), salt, Map.of(), padded(value));
    }

    private boolean isBounded() {
        int length = Base64.getDecoder().decode(value).length;
        return iterations >= 1
                && (long) iterations * blocks(length) <= MAX_ITERATIONS
                && salt.length >= MIN_SALT
                && salt.length <= MAX_SALT
                && length >= MIN_HASH
                && length <= MAX_HASH;
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

    private static String padded(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }

    /** A record would print it. */
    @Override
    public String toString() {
        return algorithm;
    }
}
