package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExchangeSettings;

/**
 * Compares the front end's raw nonce with the token's. SDKs hand the provider the nonce as it is, or its SHA-256 in hex
 * (Apple, Supabase) or base64url. Whoever has a token with the raw nonce in it has the nonce as well: it shows that the two
 * came together, and nothing of who sends them.
 */
final class Nonce {

    private Nonce() {}

    /**
     * @param sent with the request, or {@code null}
     * @param inToken or {@code null}
     */
    static void require(ExchangeSettings settings, String sent, String inToken) {
        if (sent == null || inToken == null) {
            if (mayBeMissing(settings, sent, inToken)) {
                return;
            }
            throw ExchangeException.refuse(ExchangeError.NONCE_MISSING, missing(settings, sent, inToken));
        }
        boolean hashed =
                Digests.same(Digests.sha256Hex(sent), inToken) || Digests.same(Digests.sha256Base64Url(sent), inToken);
        boolean raw = Digests.same(sent, inToken);
        if (raw && settings.nonceIssued()) {
            throw ExchangeException.refuse(
                    ExchangeError.NONCE_MISMATCH,
                    "The token has the nonce itself in it, where whoever sees the token can read it: give the provider's SDK provider_nonce",
                    "nonce_readable_in_token");
        }
        if (!hashed && !raw) {
            throw ExchangeException.refuse(ExchangeError.NONCE_MISMATCH);
        }
    }

    /** For people to read, without either. */
    static String presence(String sent, String inToken) {
        return (sent == null ? "none sent" : "one sent") + ", "
                + (inToken == null ? "none in the token" : "one in the token");
    }

    private static boolean mayBeMissing(ExchangeSettings settings, String sent, String inToken) {
        return sent == null && !settings.nonceRequired() && (inToken == null || settings.nonceIfSent());
    }

    private static String missing(ExchangeSettings settings, String sent, String inToken) {
        if (sent != null) {
            return "The request has a nonce and the token has none";
        }
        if (settings.nonceIssued()) {
            return "A nonce is required: get one from the realm, give provider_nonce to the provider's SDK, and send nonce";
        }
        return inToken == null
                ? "A nonce is required: give one to the provider's SDK, and send it as the parameter nonce"
                : "The token has a nonce: send it as the parameter nonce; if the SDK made it itself, read it from the"
                        + " token (claim nonce) and send that";
    }
}
