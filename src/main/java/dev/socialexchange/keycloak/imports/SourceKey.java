package dev.socialexchange.keycloak.imports;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The id that somebody has in a realm who was imported: made of the realm, the source, and the source's id, so that a second run finds whom the first one has
 * brought. Nobody can give themselves such an id, as they could an attribute.
 */
final class SourceKey {
    /** RFC 9562 §5.8. */
    private static final long VERSION = 0x8000L;

    private static final long VERSION_BITS = 0xf000L;
    private static final long VARIANT = 0x8000000000000000L;
    private static final long VARIANT_BITS = 0xc000000000000000L;

    private SourceKey() {}

    /** @param realm its immutable id: users of all realms stand in one table */
    static String userId(String realm, String source, String sourceId) {
        ByteBuffer digest = ByteBuffer.wrap(sha256(realm + '\n' + source + '\n' + sourceId));
        long most = digest.getLong() & ~VERSION_BITS | VERSION;
        long least = digest.getLong() & ~VARIANT_BITS | VARIANT;
        return new UUID(most, least).toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
