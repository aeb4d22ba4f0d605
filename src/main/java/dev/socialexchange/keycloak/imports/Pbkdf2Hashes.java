package dev.socialexchange.keycloak.imports;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PBKDF2 (RFC 8018) as back ends spell it, each in its own way; Keycloak verifies all of them. */
final class Pbkdf2Hashes {
    /** {@code pbkdf2_sha256$iterations$salt$base64}: the salt is the text itself. */
    private static final Pattern DJANGO =
            Pattern.compile("pbkdf2_(sha256|sha1)\\$(\\d{1,8})\\$([\\x21-\\x7e&&[^$]]+)\\$([A-Za-z0-9+/=]+)");

    /** {@code $pbkdf2-sha256$iterations$salt$hash} of passlib, whose base64 has a dot for the plus. */
    private static final Pattern PASSLIB = Pattern.compile(
            "\\$pbkdf2-(sha256|sha512)\\$(?:i=)?(\\d{1,8})(?:,l=\\d+)?\\$([A-Za-z0-9./+]+)\\$([A-Za-z0-9./+]+)");

    /** {@code pbkdf2:sha256:iterations$salt$hex} of Werkzeug. */
    private static final Pattern WERKZEUG =
            Pattern.compile("pbkdf2:(sha256|sha512):(\\d{1,8})\\$([\\x21-\\x7e&&[^$]]+)\\$([0-9a-f]+)");

    /** {@code salted-pbkdf2-hmac-sha256$factor$salt$hash} as the translation writes it for FusionAuth; the longer one has the same function. */
    private static final Pattern FUSION_AUTH = Pattern.compile(
            "salted-pbkdf2-hmac-sha256(?:-512)?\\$(\\d{1,8})\\$([A-Za-z0-9+/]+={0,2})\\$([A-Za-z0-9+/]+={0,2})");

    private Pbkdf2Hashes() {}

    static Optional<PasswordHash> of(String stored) {
        return django(stored)
                .or(() -> passlib(stored))
                .or(() -> werkzeug(stored))
                .or(() -> fusionAuth(stored));
    }

    private static Optional<PasswordHash> django(String stored) {
        Matcher hash = DJANGO.matcher(stored);
        return hash.matches()
                ? PasswordHash.base64(hash.group(4))
                        .map(value -> pbkdf2(
                                hash.group(1).equals("sha1") ? "pbkdf2" : "pbkdf2-sha256",
                                hash.group(2),
                                PasswordHash.ascii(hash.group(3)),
                                value))
                : Optional.empty();
    }

    private static Optional<PasswordHash> passlib(String stored) {
        Matcher hash = PASSLIB.matcher(stored);
        if (!hash.matches()) {
            return Optional.empty();
        }
        Optional<byte[]> salt = PasswordHash.base64(hash.group(3).replace('.', '+'));
        return PasswordHash.base64(hash.group(4).replace('.', '+'))
                .filter(value -> salt.isPresent())
                .map(value -> pbkdf2("pbkdf2-" + hash.group(1), hash.group(2), salt.get(), value));
    }

    private static Optional<PasswordHash> werkzeug(String stored) {
        Matcher hash = WERKZEUG.matcher(stored);
        return hash.matches() && hash.group(4).length() % 2 == 0
                ? Optional.of(pbkdf2(
                        "pbkdf2-" + hash.group(1),
                        hash.group(2),
                        PasswordHash.ascii(hash.group(3)),
                        HexFormat.of().parseHex(hash.group(4))))
                : Optional.empty();
    }

    private static Optional<PasswordHash> fusionAuth(String stored) {
        Matcher hash = FUSION_AUTH.matcher(stored);
        Optional<byte[]> salt = hash.matches() ? PasswordHash.base64(hash.group(2)) : Optional.empty();
        return salt.flatMap(bytes ->
                PasswordHash.base64(hash.group(3)).map(value -> pbkdf2("pbkdf2-sha256", hash.group(1), bytes, value)));
    }

    private static PasswordHash pbkdf2(String algorithm, String iterations, byte[] salt, byte[] value) {
        return new PasswordHash(algorithm, Integer.parseInt(iterations), salt, Map.of(), PasswordHash.padded(value));
    }
}
