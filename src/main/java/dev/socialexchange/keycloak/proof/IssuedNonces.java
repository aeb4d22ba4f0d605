package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Nonces that the realm issues to a client, each good for one exchange. A nonce carries its own expiry and the realm's seal
 * (HMAC with SHA-256, cut to 128 bits): issuing one leaves nothing behind on any node, however many are asked for, and only
 * the used ones are remembered.
 */
public final class IssuedNonces {
    /** From asking for a nonce to the exchange; a person may take that long at the provider. */
    public static final int LIFESPAN_SECONDS = 600;

    private static final int RANDOM_BYTES = 16;
    private static final int SEAL_BYTES = 16;
    private static final int BODY_BYTES = RANDOM_BYTES + Integer.BYTES;
    /** 36 bytes in base64url, whose characters every provider takes. */
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{48}");

    private final KeycloakSession session;
    private final RealmModel realm;

    public IssuedNonces(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** For the client of the session's context. */
    public String issue() {
        byte[] body = ByteBuffer.allocate(BODY_BYTES)
                .put(SecretGenerator.getInstance().randomBytes(RANDOM_BYTES))
                .putInt((int) (now() + LIFESPAN_SECONDS))
                .array();
        byte[] seal = seal(session.keys().getActiveKey(realm, KeyUse.SIG, Algorithm.HS512), body);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(BODY_BYTES + SEAL_BYTES)
                        .put(body)
                        .put(seal)
                        .array());
    }

    /** @throws ExchangeException if it was not issued to this client here, or too long ago */
    void require(String nonce) {
        if (!NONCE.matcher(nonce).matches()) {
            throw refused("nonce_foreign");
        }
        byte[] decoded = Base64.getUrlDecoder().decode(nonce);
        byte[] body = Arrays.copyOf(decoded, BODY_BYTES);
        byte[] sealed = Arrays.copyOfRange(decoded, BODY_BYTES, decoded.length);
        boolean ours = session.keys()
                .getKeysStream(realm, KeyUse.SIG, Algorithm.HS512) // keys are rotated while nonces are out
                .anyMatch(key -> MessageDigest.isEqual(seal(key, body), sealed));
        if (!ours) {
            throw refused("nonce_foreign");
        }
        if (expiry(body) <= now()) {
            throw refused("nonce_expired");
        }
    }

    /** Lets a nonce in once across the cluster. */
    SingleUse.Claim claim(String nonce) {
        String key = "social-exchange:nonce:" + Digests.sha256Base64Url(realm.getId() + '\n' + nonce);
        if (!session.singleUseObjects().putIfAbsent(key, LIFESPAN_SECONDS)) {
            throw refused("nonce_used");
        }
        return () -> session.singleUseObjects().remove(key);
    }

    private byte[] seal(KeyWrapper key, byte[] body) {
        // the heading keeps it apart from all that Keycloak signs with the same key
        byte[] heading = "social-exchange nonce\n%s\n%s\n"
                .formatted(realm.getId(), session.getContext().getClient().getId())
                .getBytes(StandardCharsets.UTF_8);
        byte[] sealed = ByteBuffer.allocate(heading.length + body.length)
                .put(heading)
                .put(body)
                .array();
        return Arrays.copyOf(Digests.hmacSha256(key.getSecretKey().getEncoded(), sealed), SEAL_BYTES);
    }

    private static long expiry(byte[] body) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(body).getInt(RANDOM_BYTES));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static ExchangeException refused(String detail) {
        return ExchangeException.refuse(
                ExchangeError.NONCE_NOT_ISSUED,
                "The nonce was not issued to this client here, has expired, or has been used: get a new one",
                detail);
    }
}
