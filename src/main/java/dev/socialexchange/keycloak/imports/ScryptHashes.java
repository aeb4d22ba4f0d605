package dev.socialexchange.keycloak.imports;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** scrypt (RFC 7914) as back ends spell it. What it would take is bounded before it is believed. */
final class ScryptHashes {
    /** Of all lanes, which BouncyCastle goes through one after the other. */
    private static final int MAX_WORK_BYTES = 256 * 1024 * 1024;

    private static final int MAX_LANES = 16;

    /** Of a block of one (RFC 7914 §2: less than 2 to the power of 16). */
    private static final int END_OF_COST_OF_ONE_BLOCK = 65_536;

    /** {@code scrypt$n$salt$r$p$base64} of Django. */
    private static final Pattern DJANGO_SCRYPT = Pattern.compile(
            "scrypt\\$(\\d{1,7})\\$([\\x21-\\x7e&&[^$]]+)\\$(\\d{1,2})\\$(\\d{1,2})\\$([A-Za-z0-9+/]+={0,2})");

    /** {@code scrypt:n:r:p$salt$hex} of Werkzeug. */
    private static final Pattern WERKZEUG_SCRYPT =
            Pattern.compile("scrypt:(\\d{1,7}):(\\d{1,2}):(\\d{1,2})\\$([\\x21-\\x7e&&[^$]]+)\\$((?:[0-9a-f]{2})+)");

    /** {@code salt:key} of better-auth, both in hex, of which the salt is the text. */
    private static final Pattern BETTER_AUTH = Pattern.compile("([0-9a-f]{32}):([0-9a-f]{128})");

    private ScryptHashes() {}

    static Optional<PasswordHash> of(String stored) {
        return django(stored).or(() -> werkzeug(stored)).or(() -> betterAuth(stored));
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

    /** Whether there is such a function at all. */
    static boolean isDefined(long cost, long block) {
        return cost > 1 && Long.bitCount(cost) == 1 && block > 0 && (block > 1 || cost < END_OF_COST_OF_ONE_BLOCK);
    }

    private static Optional<PasswordHash> scrypt(
            String cost, String block, String lanes, byte[] salt, byte[] value, boolean normalized) {
        long n = Long.parseLong(cost);
        long r = Long.parseLong(block);
        long p = Long.parseLong(lanes);
        boolean bounded = isDefined(n, r)
                && p > 0
                && p <= MAX_LANES
                && 128 * n * r * p <= MAX_WORK_BYTES
                && PasswordHash.isSalt(salt)
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
        return Optional.of(new PasswordHash(ScryptHash.ID, 1, salt, parameters, PasswordHash.padded(value)));
    }
}
