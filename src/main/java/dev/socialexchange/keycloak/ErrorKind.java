package dev.socialexchange.keycloak;

import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;

/**
 * How most refusals are told: HTTP status, OAuth {@code error} (RFC 6749 §5.2, RFC 8693 §2.2.2), and the {@code error} of
 * Keycloak's event where it has no better word.
 */
enum ErrorKind {
    /** The request is not one. */
    REQUEST(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_REQUEST),
    /** The subject token is not good. */
    TOKEN(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    /** The person, or the client, may not. */
    DENIED(403, OAuthErrorException.ACCESS_DENIED, Errors.ACCESS_DENIED),
    /** The person is needed, in a browser. */
    PERSON(400, OAuthErrorException.INTERACTION_REQUIRED, Errors.RESOLVE_REQUIRED_ACTIONS),
    /** It is so already, otherwise. */
    CONFLICT(409, OAuthErrorException.ACCESS_DENIED, Errors.FEDERATED_IDENTITY_EXISTS),
    /** Not now. */
    LATER(503, OAuthErrorException.TEMPORARILY_UNAVAILABLE, Errors.IDENTITY_PROVIDER_ERROR);

    final int status;
    final String error;
    final String eventError;

    ErrorKind(int status, String error, String eventError) {
        this.status = status;
        this.error = error;
        this.eventError = eventError;
    }
}
