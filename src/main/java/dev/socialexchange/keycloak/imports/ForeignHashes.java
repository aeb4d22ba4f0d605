package dev.socialexchange.keycloak.imports;

import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hashes of other back ends that providers of ours verify, as these spell them. */
final class ForeignHashes {
    private static final int MAX_COST = 14;
    /** Of all lanes, which BouncyCastle goes through one after the other. */
    private static final int MAX_WORK_BYTES = 256 * 1024 * 1024;

    private static final int MIN_SALT = 4;
    private static final int MAX_SALT = 128;
    private static final int MAX_LANES = 16;
    private static final int SIGNER_KEY_BYTES = 64;

    /** {@code $2b$12$…}; Django writes its own word before it, WordPress a mark. */
    private static final Pattern BCRYPT =
            Pattern.compile("(bcrypt\\$|bcrypt_sha256\\$|\\$wp)?(\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53})");

    /** {@code scrypt$n$salt$r$p$base64} of Django. */
    private static final Pattern DJANGO_SCRYPT = Pattern.compile(
            "scrypt\\$(\\d{1,7})\\$([\\x21-\\x7e&&[^$]]+)\\$(\\d{1,2})\\$(\\d{1,2})\\$([A-Za-z0-9+/]+={0,2})");

    /** {@code scrypt:n:r:p$salt$hex} of Werkzeug. */
    private static final Pattern WERKZEUG_SCRYPT =
            Pattern.compile("scrypt:(\\d{1,7}):(\\d{1,2}):(\\d{1,2})\\$([\\x21-\\x7e&&[^$]]+)\\$((?:[0-9a-f]{2})+)");

    /** {@code salt:key} of better-auth, both in hex, of which the salt is the text. */
    private static final Pattern BETTER_AUTH = Pattern.compile("([0-9a-f]{32}):([0-9a-f]{128})");

    /** {@code salt$hash} as the translation writes it for Firebase. */
    private static final Pattern FIREBASE = Pattern.compile("([A-Za-z0-9+/]+={0,2})\\$([A-Za-z0-9+/]+={0,2})");

    /** {@code $fbscrypt$v=1,n=…,r=…,p=1,ss=…,sk=…$salt$hash} of Supabase (supabase/auth, {@code internal/crypto}), with the project's numbers, separator and key. */
    private static final Pattern SUPABASE = Pattern.compile(
            "\\$fbscrypt\\$v=1,n=(\\d{1,2}),r=(\\d{1,2}),p=1,ss=([A-Za-z0-9+/]*={0,2}),sk=([A-Za-z0-9+/]+={0,2})\\$([A-Za-z0-9+/]+={0,2})\\$([A-Za-z0-9+/]+={0,2})");

    private ForeignHashes() {}

    static Optional<PasswordHash> of(String stored) {
        return bcrypt(stored)
                .or(() -> django(stored))
                .or(() -> werkzeug(stored))
                .or(() -> betterAuth(stored))
                .or(() -> firebase(stored))
                .or(() -> supabase(stored));
    }

    private static Optional<PasswordHash> bcrypt(String stored) {
        Matcher hash = BCRYPT.matcher(stored);
        if (!hash.matches() || Integer.parseInt(hash.group(3)) > MAX_COST) {
            return Optional.empty();
        }
        Map<String, List<String>> parameters = new HashMap<>();
        if ("bcrypt_sha256$".equals(hash.group(1))) {
            parameters.put(BcryptHash.DIGEST, ForeignHash.one(BcryptHash.SHA256_HEX));
        } else if ("$wp".equals(hash.group(1))) {
            parameters.put(BcryptHash.DIGEST, ForeignHash.one(BcryptHash.WORDPRESS));
        }
        return Optional.of(new PasswordHash(
                BcryptHash.ID, Integer.parseInt(hash.group(3)), new byte[0], parameters, hash.group(2)));
    }

    private static Optional<PasswordHash> django(String stored) {
        Matcher hash = DJANGO_SCRYPT.matcher(stored);
        return hash.matches()
                ? PasswordHash.base64(hash.group(5))
                        .flatMap(value -> scrypt(
                                hash.group(1),
                                hash.group(3),
                                hash.group(4),
                                PasswordHash.ascii(hash.group(2)),
                                value,
                                false))
                : Optional.empty();
    }

    private static Optional<PasswordHash> werkzeug(String stored) {
        Matcher hash = WERKZEUG_SCRYPT.matcher(stored);
        return hash.matches()
                ? scrypt(
                        hash.group(1),
                        hash.group(2),
                        hash.group(3),
                        PasswordHash.ascii(hash.group(4)),
                        HexFormat.of().parseHex(hash.group(5)),
                        false)
                : Optional.empty();
    }

    private static Optional<PasswordHash> betterAuth(String stored) {
        Matcher hash = BETTER_AUTH.matcher(stored);
        return hash.matches()
                ? scrypt(
                        "16384",
                        "16",
                        "1",
                        PasswordHash.ascii(hash.group(1)),
                        HexFormat.of().parseHex(hash.group(2)),
                        true)
                : Optional.empty();
    }

    private static Optional<PasswordHash> scrypt(
            String cost, String block, String lanes, byte[] salt, byte[] value, boolean normalized) {
        long n = Long.parseLong(cost);
        long r = Long.parseLong(block);
        long p = Long.parseLong(lanes);
        boolean bounded = n > 1
                && Long.bitCount(n) == 1
                && r > 0
                && p > 0
                && p <= MAX_LANES
                && 128 * n * r * p <= MAX_WORK_BYTES
                && isSalt(salt)
                && value.length >= 16
                && value.length <= 128;
        if (!bounded) {
            return Optional.empty();
        }
        Map<String, List<String>> parameters = new HashMap<>();
        parameters.put(ScryptHash.COST, ForeignHash.one(n));
        parameters.put(ScryptHash.BLOCK, ForeignHash.one(r));
        parameters.put(ScryptHash.LANES, ForeignHash.one(p));
        if (normalized) {
            parameters.put(ScryptHash.NORMALIZED, ForeignHash.one("nfkc"));
        }
        return Optional.of(new PasswordHash(
                ScryptHash.ID, 1, salt, parameters, Base64.getEncoder().encodeToString(value)));
    }

    private static boolean isSalt(byte[] salt) {
        return salt.length >= MIN_SALT && salt.length <= MAX_SALT;
    }

    private static Optional<PasswordHash> firebase(String stored) {
        Matcher hash = FIREBASE.matcher(stored);
        return hash.matches() ? firebase(hash.group(1), hash.group(2), Map.of()) : Optional.empty();
    }

    /** Of people whom Supabase has taken over: of the project's numbers and its key no more is kept than whether they are those that the server has. */
    private static Optional<PasswordHash> supabase(String stored) {
        Matcher hash = SUPABASE.matcher(stored);
        if (!hash.matches()) {
            return Optional.empty();
        }
        Optional<byte[]> separator = PasswordHash.base64(hash.group(3));
        Optional<byte[]> key = PasswordHash.base64(hash.group(4));
        if (separator.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        String project = FirebaseHash.digest(
                key.get(), separator.get(), Integer.parseInt(hash.group(2)), Integer.parseInt(hash.group(1)));
        return firebase(hash.group(5), hash.group(6), Map.of(FirebaseHash.PROJECT, ForeignHash.one(project)));
    }

    private static Optional<PasswordHash> firebase(String salt, String value, Map<String, List<String>> parameters) {
        Optional<byte[]> bytes = PasswordHash.base64(salt).filter(ForeignHashes::isSalt);
        return PasswordHash.base64(value)
                .filter(hash -> bytes.isPresent() && hash.length == SIGNER_KEY_BYTES)
                .map(hash -> new PasswordHash(
                        FirebaseHash.ID,
                        1,
                        bytes.get(),
                        parameters,
                        Base64.getEncoder().encodeToString(hash)));
    }
}
