package dev.socialexchange.keycloak.imports;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Argon2 (RFC 9106) as its own encoding has it, which Keycloak verifies. What it would take is bounded before it is believed. */
final class Argon2Hashes {
    private static final int MAX_PASSES = 16;
    private static final int MAX_LANES = 16;
    private static final int MAX_MEMORY_KILOBYTES = 256 * 1024;

    /** Of all passes together: what Argon2 goes through takes as long as what it keeps takes room. */
    private static final long MAX_WORK_KILOBYTES = 1024 * 1024;

    /** {@code $argon2id$v=19$m=65536,t=3,p=4$salt$hash}; Django writes its own word before it. */
    private static final Pattern ARGON2 = Pattern.compile(
            "(?:argon2)?\\$argon2(id|i|d)\\$(?:v=(16|19)\\$)?m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private Argon2Hashes() {}

    static Optional<PasswordHash> of(String stored) {
        Matcher hash = ARGON2.matcher(stored);
        if (!hash.matches()) {
            return Optional.empty();
        }
        Optional<byte[]> salt = PasswordHash.base64(hash.group(6));
        Optional<byte[]> value = PasswordHash.base64(hash.group(7));
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
                PasswordHash.padded(value.get())));
    }
}
