package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.keycloak.common.util.SecretGenerator;

/** Seals nonces with an HMAC (SHA-256, cut to 128 bits) over chance, expiry, and whom they are for. */
final class NonceSeal {
    private static final int RANDOM_BYTES = 16;
    private static final int SEAL_BYTES = 16;
    private static final int BODY_BYTES = RANDOM_BYTES + Integer.BYTES;
    /** 36 bytes in base64url, whose characters every provider takes. */
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{48}");

    private final byte[] key;
    private final byte[] heading;

    NonceSeal(byte[] key, String owner) {
        this.key = key;
        // keeps it apart from all that Keycloak signs with the same key
        this.heading = ("social-exchange nonce\n" + owner + '\n').getBytes(StandardCharsets.UTF_8);
    }

    /** @param expiry in seconds of the epoch */
    String nonce(long expiry) {
        byte[] body = ByteBuffer.allocate(BODY_BYTES)
                .put(SecretGenerator.getInstance().randomBytes(RANDOM_BYTES))
                .putInt((int) expiry)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(joined(body, seal(body)));
    }

    /** @return seconds of the epoch; empty if the nonce was not sealed by this */
    OptionalLong expiry(String nonce) {
        if (!NONCE.matcher(nonce).matches()) {
            return OptionalLong.empty();
        }
        byte[] decoded = Base64.getUrlDecoder().decode(nonce);
        byte[] body = Arrays.copyOf(decoded, BODY_BYTES);
        byte[] seal = Arrays.copyOfRange(decoded, BODY_BYTES, decoded.length);
        return MessageDigest.isEqual(seal, seal(body))
                ? OptionalLong.of(Integer.toUnsignedLong(ByteBuffer.wrap(body).getInt(RANDOM_BYTES)))
                : OptionalLong.empty();
    }

    private byte[] seal(byte[] body) {
        return Arrays.copyOf(Digests.hmacSha256(key, joined(heading, body)), SEAL_BYTES);
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        return ByteBuffer.allocate(head.length + tail.length)
                .put(head)
                .put(tail)
                .array();
    }
}
