package dev.socialexchange.keycloak.imports;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ASP.NET Identity's, which are PBKDF2 in one piece of base64 (dotnet/aspnetcore, {@code PasswordHasher}): a zero, 16 bytes of salt and 32 of the key, or a one, the function, the iterations, the
 * salt's length, the salt and the key, of which the three numbers have four bytes each.
 */
final class DotNetHashes {
    /** By number; HMAC-SHA-1, -SHA-256 and -SHA-512. */
    private static final List<String> FUNCTIONS = List.of("pbkdf2", "pbkdf2-sha256", "pbkdf2-sha512");

    private static final byte VERSION_2 = 0;
    private static final byte VERSION_3 = 1;
    private static final int ITERATIONS_OF_VERSION_2 = 1_000;
    private static final int SALT_OF_VERSION_2 = 16;
    private static final int KEY_OF_VERSION_2 = 32;
    private static final int HEADER_OF_VERSION_3 = 13;

    private DotNetHashes() {}

    static Optional<PasswordHash> of(String stored) {
        return PasswordHash.base64(stored).map(ByteBuffer::wrap).flatMap(DotNetHashes::read);
    }

    private static Optional<PasswordHash> read(ByteBuffer blob) {
        if (blob.remaining() == 1 + SALT_OF_VERSION_2 + KEY_OF_VERSION_2 && blob.get(0) == VERSION_2) {
            blob.get();
            return Optional.of(hash(FUNCTIONS.get(0), ITERATIONS_OF_VERSION_2, blob, SALT_OF_VERSION_2));
        }
        if (blob.remaining() <= HEADER_OF_VERSION_3 || blob.get() != VERSION_3) {
            return Optional.empty();
        }
        int function = blob.getInt();
        int iterations = blob.getInt();
        int salt = blob.getInt();
        boolean known = function >= 0 && function < FUNCTIONS.size() && salt > 0 && salt < blob.remaining();
        return known ? Optional.of(hash(FUNCTIONS.get(function), iterations, blob, salt)) : Optional.empty();
    }

    private static PasswordHash hash(String algorithm, int iterations, ByteBuffer rest, int saltBytes) {
        byte[] salt = new byte[saltBytes];
        rest.get(salt);
        byte[] key = new byte[rest.remaining()];
        rest.get(key);
        return new PasswordHash(
                algorithm, iterations, salt, Map.of(), Base64.getEncoder().encodeToString(key));
    }
}
