package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.time.Instant;
import java.util.OptionalLong;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Nonces that the realm issues to a client, each good for one exchange. A nonce carries its own expiry and the realm's seal:
 * issuing one leaves nothing behind on any node, however many are asked for, and only the used ones are remembered.
 */
public final class IssuedNonces {
    /** From asking for a nonce to the exchange; a person may take that long at the provider. */
    public static final int LIFESPAN_SECONDS = 600;

    private final KeycloakSession session;
    private final RealmModel realm;

    public IssuedNonces(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** For the client of the session's context. */
    public String issue() {
        return seal(session.keys().getActiveKey(realm, KeyUse.SIG, Algorithm.HS512))
                .nonce(Instant.now().getEpochSecond() + LIFESPAN_SECONDS);
    }

    /** @throws ExchangeException if it was not issued to this client here, or too long ago */
    void require(String nonce) {
        long expiry = session.keys()
                .getKeysStream(realm, KeyUse.SIG, Algorithm.HS512) // keys are rotated while nonces are out
                .map(key -> seal(key).expiry(nonce))
                .flatMapToLong(OptionalLong::stream)
                .findFirst()
                .orElseThrow(() -> refused("nonce_foreign"));
        if (expiry <= Instant.now().getEpochSecond()) {
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

    private NonceSeal seal(KeyWrapper key) {
        String client = session.getContext().getClient().getId();
        return new NonceSeal(key.getSecretKey().getEncoded(), realm.getId() + '\n' + client);
    }

    private static ExchangeException refused(String detail) {
        return ExchangeException.because(ExchangeError.NONCE_NOT_ISSUED, detail);
    }
}
