package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExchangeSettings;

/**
 * Compares the front end's raw nonce with the token's. SDKs hand the provider the nonce as it is, or its SHA-256 in hex
 * (Apple, Supabase) or base64url.
 */
final class Nonce {

    private Nonce() {}

    static void require(ExchangeSettings settings, String sent, String inToken) {
        if (sent == null && inToken == null && !settings.nonceRequired()) {
            return;
        }
        if (sent == null || inToken == null) {
            throw ExchangeException.refuse(
                    ExchangeError.NONCE_MISSING,
                    sent == null
                            ? "The token has a nonce, or one is required: send it as the parameter nonce"
                            : "The request has a nonce and the token has none");
        }
        boolean same = Digests.same(sent, inToken)
                || Digests.same(Digests.sha256Hex(sent), inToken)
                || Digests.same(Digests.sha256Base64Url(sent), inToken);
        if (!same) {
            throw ExchangeException.refuse(ExchangeError.NONCE_MISMATCH, "The nonce is not the token's");
        }
    }
}
