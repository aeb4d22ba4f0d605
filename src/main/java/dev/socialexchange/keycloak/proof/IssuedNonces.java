package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Nonces that the realm issues to a client, each good for one exchange. A nonce carries its own expiry and the realm's seal:
 * issuing one leaves nothing behind on any node, however many are asked for, and only the used ones are remembered.
 */
public final class IssuedNonces {
    /** From asking for a nonce to the exchange; a person may take that long at the provider. */
    public static final int LIFESPAN_SECONDS = 600;

    private final Surroundings surroundings;

    public IssuedNonces(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** For the client that asks. */
    public String issue() {
        return seal(surroundings.sealingKeys().active()).nonce(surroundings.now() + LIFESPAN_SECONDS);
    }

    /** @throws ExchangeException if it was not issued to this client here, or too long ago */
    void require(String nonce) {
        long expiry = surroundings.sealingKeys().all().stream()
                .map(key -> seal(key).expiry(nonce))
                .flatMapToLong(OptionalLong::stream)
                .findFirst()
                .orElseThrow(() -> refused("nonce_foreign"));
        if (expiry <= surroundings.now()) {
            throw refused("nonce_expired");
        }
    }

    /** Lets a nonce in once across the cluster. */
    SingleUse.Claim claim(String nonce) {
        String key = "social-exchange:nonce:" + Digests.sha256Base64Url(surroundings.realm() + '\n' + nonce);
        return SingleUse.claim(surroundings, "nonce", key, LIFESPAN_SECONDS, refused("nonce_used"));
    }

    private NonceSeal seal(byte[] key) {
        String client = Objects.requireNonNull(surroundings.client());
        return new NonceSeal(key, surroundings.realm() + '\n' + client);
    }

    private static ExchangeException refused(String detail) {
        return ExchangeException.because(ExchangeError.NONCE_NOT_ISSUED, detail);
    }
}
