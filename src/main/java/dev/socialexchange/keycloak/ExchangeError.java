package dev.socialexchange.keycloak;

import java.util.Locale;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;

/**
 * Every way an exchange can be refused: HTTP status, OAuth {@code error} (RFC 6749 §5.2, RFC 8693 §2.2.2), Keycloak event
 * error, and the {@code error_reason} that front ends may rely on. All of them are constants, so that no request text
 * reaches an event or a metric.
 */
public enum ExchangeError {
    PARAMETER_MISSING(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_REQUEST),
    PARAMETER_INVALID(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_REQUEST),
    TOKEN_TYPE_UNSUPPORTED(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_REQUEST),
    REQUESTED_TOKEN_TYPE_UNSUPPORTED(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_REQUEST),
    SCOPE_INVALID(400, OAuthErrorException.INVALID_SCOPE, Errors.INVALID_REQUEST),
    AUDIENCE_INVALID(400, "invalid_target", Errors.INVALID_REQUEST),
    PROVIDER_UNKNOWN(400, OAuthErrorException.INVALID_REQUEST, Errors.UNKNOWN_IDENTITY_PROVIDER),
    CLIENT_NOT_ALLOWED(403, OAuthErrorException.ACCESS_DENIED, Errors.NOT_ALLOWED),

    TOKEN_INVALID(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    TOKEN_EXPIRED(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    TOKEN_TOO_OLD(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    ISSUER_MISMATCH(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    TOKEN_FOR_ANOTHER_APP(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    TOKEN_FOR_ANOTHER_AUDIENCE(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    TOKEN_KIND_MISMATCH(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    NONCE_MISSING(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    NONCE_NOT_ISSUED(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    NONCE_MISMATCH(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    TOKEN_REPLAYED(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    HOSTED_DOMAIN_NOT_ALLOWED(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),
    BINDING_UNAVAILABLE(400, OAuthErrorException.INVALID_REQUEST, Errors.INVALID_TOKEN),

    CLAIM_NOT_ALLOWED(403, OAuthErrorException.ACCESS_DENIED, Errors.ACCESS_DENIED),
    NOT_ON_ALLOW_LIST(403, OAuthErrorException.ACCESS_DENIED, Errors.ACCESS_DENIED),
    LINKING_ONLY(403, OAuthErrorException.ACCESS_DENIED, Errors.NOT_ALLOWED),
    REGISTRATION_DISABLED(403, OAuthErrorException.ACCESS_DENIED, Errors.USER_NOT_FOUND),
    DENIED_BY_FLOW(403, OAuthErrorException.ACCESS_DENIED, Errors.ACCESS_DENIED),
    SESSION_LIMIT_REACHED(403, OAuthErrorException.ACCESS_DENIED, Errors.GENERIC_AUTHENTICATION_ERROR),
    ACCOUNT_UNAVAILABLE(403, OAuthErrorException.ACCESS_DENIED, Errors.USER_DISABLED),
    /** Both are for an administrator to put right: whoever tries again is refused again. */
    ACCOUNT_ID_UNUSABLE(403, OAuthErrorException.ACCESS_DENIED, Errors.IDENTITY_PROVIDER_ERROR),
    ACCOUNT_AMBIGUOUS(403, OAuthErrorException.ACCESS_DENIED, Errors.FEDERATED_IDENTITY_EXISTS),

    ACCOUNT_EXISTS(400, OAuthErrorException.INTERACTION_REQUIRED, Errors.FEDERATED_IDENTITY_EXISTS),
    USERNAME_TAKEN(400, OAuthErrorException.INTERACTION_REQUIRED, Errors.FEDERATED_IDENTITY_EXISTS),
    LOGIN_REQUIRED(400, OAuthErrorException.INTERACTION_REQUIRED, Errors.RESOLVE_REQUIRED_ACTIONS),
    PROFILE_INCOMPLETE(400, OAuthErrorException.INTERACTION_REQUIRED, Errors.RESOLVE_REQUIRED_ACTIONS),
    VERIFY_EMAIL(400, OAuthErrorException.INTERACTION_REQUIRED, Errors.RESOLVE_REQUIRED_ACTIONS),
    SECOND_FACTOR(400, OAuthErrorException.INTERACTION_REQUIRED, Errors.RESOLVE_REQUIRED_ACTIONS),
    CONSENT(400, OAuthErrorException.INTERACTION_REQUIRED, Errors.CONSENT_DENIED),
    REQUIRED_ACTION(400, OAuthErrorException.INTERACTION_REQUIRED, Errors.RESOLVE_REQUIRED_ACTIONS),

    /** Of the doors beside the token endpoint, which has words of its own for both. */
    REALM_DISABLED(403, OAuthErrorException.ACCESS_DENIED, Errors.REALM_DISABLED),
    HTTPS_REQUIRED(403, OAuthErrorException.INVALID_REQUEST, Errors.SSL_REQUIRED),

    /** RFC 6750 §3.1, RFC 9470 §3: of the person's own access token, where an account is linked. */
    ACCESS_TOKEN_INVALID(401, OAuthErrorException.INVALID_TOKEN, Errors.INVALID_TOKEN),
    LOGIN_TOO_OLD(401, "insufficient_user_authentication", Errors.NOT_ALLOWED),
    ROLE_MISSING(403, OAuthErrorException.INSUFFICIENT_SCOPE, Errors.NOT_ALLOWED),
    LINKING_NOT_ALLOWED(403, OAuthErrorException.ACCESS_DENIED, Errors.NOT_ALLOWED),
    LINKED_TO_ANOTHER_USER(409, OAuthErrorException.ACCESS_DENIED, Errors.FEDERATED_IDENTITY_EXISTS),
    ANOTHER_ACCOUNT_LINKED(409, OAuthErrorException.ACCESS_DENIED, Errors.FEDERATED_IDENTITY_EXISTS),

    /** What an administrator has to mend; asking again does not help. */
    SETUP_FAULTY(403, OAuthErrorException.ACCESS_DENIED, Errors.IDENTITY_PROVIDER_ERROR),

    PROVIDER_UNAVAILABLE(503, OAuthErrorException.TEMPORARILY_UNAVAILABLE, Errors.IDENTITY_PROVIDER_ERROR),
    /** This server, not the provider: its database, its cluster, or too many who want the same at once. */
    SERVER_BUSY(503, OAuthErrorException.TEMPORARILY_UNAVAILABLE, Errors.GENERIC_AUTHENTICATION_ERROR);

    private final int status;
    private final String error;
    private final String eventError;

    ExchangeError(int status, String error, String eventError) {
        this.status = status;
        this.error = error;
        this.eventError = eventError;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The OAuth error code of the answer. */
    public String error() {
        return error;
    }

    /** The {@code error} of Keycloak's event. */
    public String eventError() {
        return eventError;
    }

    /** The stable machine code, {@code error_reason} in the answer and {@code reason} in the event. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The event's reason.
     *
     * @param detail a further code for the administrator, {@code null} for none
     */
    public String reason(String detail) {
        return detail == null ? reason() : reason() + ": " + detail;
    }
}
