package dev.socialexchange.keycloak.simulator;

import java.time.Instant;
import java.util.Set;

/**
 * What a person allowed a client to do; each token stands for exactly one.
 *
 * @param nonce of the authorization request, or null
 * @param expiresAt null means never
 */
record Grant(
        Kind kind,
        String clientId,
        Person person,
        Set<String> scopes,
        String nonce,
        Instant issuedAt,
        Instant expiresAt,
        boolean revoked) {

    enum Kind {
        ACCESS,
        REFRESH
    }

    boolean expired() {
        return expiresAt != null && !Instant.now().isBefore(expiresAt);
    }

    boolean valid() {
        return !revoked && !expired();
    }

    boolean allows(String scope) {
        return scopes.contains(scope);
    }

    String scope() {
        return String.join(" ", scopes);
    }

    Grant revoke() {
        return new Grant(kind, clientId, person, scopes, nonce, issuedAt, expiresAt, true);
    }

    Grant expire() {
        return new Grant(
                kind, clientId, person, scopes, nonce, issuedAt, Instant.now().minusSeconds(60), revoked);
    }
}
