package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.StoredTokens;
import java.util.Optional;

/**
 * A subject token that the provider issued to our app.
 *
 * @param method how that was established, for the event
 * @param singleUse claimed; to be released when no tokens come of it
 * @param storedTokens the provider's tokens where there are any worth storing
 */
public record Proof(Evidence evidence, Method method, SingleUse.Claim singleUse, Optional<StoredTokens> storedTokens) {

    public enum Method {
        /** An id token's signature. */
        JWKS,
        /** The provider said which app an access token is for. */
        BINDING,
        /** A JWT access token's signature. */
        JWT,
        /** A JWT access token's own claims, after the provider's API had accepted the token. */
        DECODED,
        /** A code that only our secret redeems. */
        CODE,
        /** A signature by a secret that only the provider and we know. */
        HMAC,
        /** Nothing: the admin accepts tokens of any app. */
        UNBOUND
    }

    Proof with(Evidence other) {
        return new Proof(other, method, singleUse, storedTokens);
    }

    Proof with(SingleUse.Claim other) {
        return new Proof(evidence, method, other, storedTokens);
    }

    /** A record would print the stored token and the person's profile. */
    @Override
    public String toString() {
        return method.name();
    }
}
