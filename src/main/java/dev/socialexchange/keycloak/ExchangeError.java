package dev.socialexchange.keycloak;

import java.util.Locale;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;

/**
 * Every way an exchange can be refused: how that is told ({@link ErrorKind}), in which words, and the {@code error_reason} that
 * front ends may rely on. All of them are constants, so that no request text reaches an event or a metric.
 */
public enum ExchangeError {
    PARAMETER_MISSING(ErrorKind.REQUEST, "A parameter is missing"),
    PARAMETER_INVALID(ErrorKind.REQUEST, "A parameter is not as it has to be"),
    TOKEN_TYPE_UNSUPPORTED(ErrorKind.REQUEST, "This kind of token is not accepted"),
    REQUESTED_TOKEN_TYPE_UNSUPPORTED(
            ErrorKind.REQUEST, "requested_token_type must be an access, refresh or id token type"),
    SCOPE_INVALID(400, OAuthErrorException.INVALID_SCOPE, Errors.INVALID_REQUEST, "The scope is not this client's"),
    AUDIENCE_INVALID(400, "invalid_target", Errors.INVALID_REQUEST, "The audience is not available"),
    PROVIDER_UNKNOWN(
            ErrorKind.REQUEST,
            Errors.UNKNOWN_IDENTITY_PROVIDER,
            "subject_issuer names no provider that is open for exchange"),
    DOOR_CLOSED(ErrorKind.DENIED, Errors.NOT_ALLOWED, "This client may not come by this door"),
    CLIENT_NOT_ALLOWED(ErrorKind.DENIED, Errors.NOT_ALLOWED, "This client may not exchange tokens of this provider"),

    TOKEN_INVALID(ErrorKind.TOKEN, "The token is not valid"),
    TOKEN_EXPIRED(ErrorKind.TOKEN, "The token has expired"),
    TOKEN_TOO_OLD(ErrorKind.TOKEN, "The token was issued too long ago; get a fresh one from the identity provider"),
    ISSUER_MISMATCH(ErrorKind.TOKEN, "The token was not issued by this identity provider"),
    TOKEN_FOR_ANOTHER_APP(ErrorKind.TOKEN, "The token was issued to another app"),
    TOKEN_FOR_ANOTHER_AUDIENCE(
            ErrorKind.TOKEN,
            "The access token is for another audience; send an id token, or an access token that the provider's user info accepts"),
    TOKEN_KIND_MISMATCH(ErrorKind.TOKEN, "The token is of another kind than it was sent as"),
    NONCE_MISSING(ErrorKind.TOKEN, "A nonce is needed, in the request and in the token"),
    NONCE_NOT_ISSUED(
            ErrorKind.TOKEN,
            "The nonce was not issued to this client here, has expired, or has been used: get a new one"),
    NONCE_MISMATCH(ErrorKind.TOKEN, "The nonce is not the token's"),
    TOKEN_REPLAYED(ErrorKind.TOKEN, "The token has been used before"),
    HOSTED_DOMAIN_NOT_ALLOWED(ErrorKind.TOKEN, "The account does not belong to an allowed domain"),
    BINDING_UNAVAILABLE(ErrorKind.TOKEN, "Nothing proves which app this access token is for"),

    CLAIM_NOT_ALLOWED(ErrorKind.DENIED, "The account lacks a claim that this realm requires"),
    NOT_ON_ALLOW_LIST(ErrorKind.DENIED, "This account is not on the list of those who may sign in here"),
    LINKING_ONLY(ErrorKind.DENIED, Errors.NOT_ALLOWED, "This provider links accounts and does not sign in"),
    REGISTRATION_DISABLED(
            ErrorKind.DENIED,
            Errors.USER_NOT_FOUND,
            "Nobody here is linked to this account, and new users are not created"),
    DENIED_BY_FLOW(ErrorKind.DENIED, "Signing in with this account is not allowed here"),
    SESSION_LIMIT_REACHED(
            ErrorKind.DENIED,
            Errors.GENERIC_AUTHENTICATION_ERROR,
            "No further session is allowed; sign out elsewhere first"),
    ACCOUNT_UNAVAILABLE(ErrorKind.DENIED, Errors.USER_DISABLED, "The account cannot be used"),
    /** Both are for an administrator to put right: whoever tries again is refused again. */
    ACCOUNT_ID_UNUSABLE(
            ErrorKind.DENIED,
            Errors.IDENTITY_PROVIDER_ERROR,
            "The account has no id that a user could be found by; only an administrator can help"),
    ACCOUNT_AMBIGUOUS(
            ErrorKind.DENIED,
            Errors.FEDERATED_IDENTITY_EXISTS,
            "Several users are linked to this account; only an administrator can help"),

    ACCOUNT_EXISTS(
            ErrorKind.PERSON,
            Errors.FEDERATED_IDENTITY_EXISTS,
            "A local account has this e-mail address; sign in to it to link it"),
    USERNAME_TAKEN(ErrorKind.PERSON, Errors.FEDERATED_IDENTITY_EXISTS, "Another local account has this username"),
    LOGIN_REQUIRED(ErrorKind.PERSON, "Signing in needs a browser"),
    PROFILE_INCOMPLETE(ErrorKind.PERSON, "The account's profile has to be completed in a browser"),
    VERIFY_EMAIL(ErrorKind.PERSON, "The account's e-mail address has to be verified"),
    SECOND_FACTOR(ErrorKind.PERSON, "Signing in needs a second factor"),
    CONSENT(ErrorKind.PERSON, Errors.CONSENT_DENIED, "The person has to consent to this client first"),
    /** The provider has said that the account may be in other hands, or is closed. */
    LINK_SUSPENDED(
            ErrorKind.PERSON,
            Errors.NOT_ALLOWED,
            "This account does not sign in here until the person has proven in another way that they are who they are"),
    REQUIRED_ACTION(ErrorKind.PERSON, "The account has something to do in a browser first"),

    /** Of the doors beside the token endpoint, which has words of its own for both. */
    REALM_DISABLED(ErrorKind.DENIED, Errors.REALM_DISABLED, "Realm not enabled"),
    HTTPS_REQUIRED(403, OAuthErrorException.INVALID_REQUEST, Errors.SSL_REQUIRED, "HTTPS required"),

    /** RFC 6750 §3.1, RFC 9470 §3: of the person's own access token, where an account is linked. */
    ACCESS_TOKEN_INVALID(
            401,
            OAuthErrorException.INVALID_TOKEN,
            Errors.INVALID_TOKEN,
            "The Authorization header has no access token of this realm that is good now"),
    LOGIN_TOO_OLD(
            401,
            "insufficient_user_authentication",
            Errors.NOT_ALLOWED,
            "Linking needs a recent login: sign in again (max_age)"),
    ROLE_MISSING(
            403,
            OAuthErrorException.INSUFFICIENT_SCOPE,
            Errors.NOT_ALLOWED,
            "The access token needs the audience account and its role manage-account-links"),
    LINKING_NOT_ALLOWED(ErrorKind.DENIED, Errors.NOT_ALLOWED, "Accounts cannot be linked here by this user"),
    LINKED_TO_ANOTHER_USER(ErrorKind.CONFLICT, "The account cannot be linked: it belongs to somebody else here"),
    ANOTHER_ACCOUNT_LINKED(ErrorKind.CONFLICT, "Another account of this provider is linked already; unlink it first"),

    /** What an administrator has to mend; asking again does not help. */
    SETUP_FAULTY(
            ErrorKind.DENIED,
            Errors.IDENTITY_PROVIDER_ERROR,
            "Signing in with this provider is not set up rightly; the administrator has to mend it"),

    /** Too many requests in vain, of one address or about one app. */
    THROTTLED(
            429,
            OAuthErrorException.TEMPORARILY_UNAVAILABLE,
            Errors.SLOW_DOWN,
            "Too many requests in vain; try again later"),
    PROVIDER_UNAVAILABLE(
            ErrorKind.LATER, "The identity provider cannot be reached or does not answer properly; try again later"),
    /** This server, not the provider: its database, its cluster, or too many who want the same at once. */
    SERVER_BUSY(
            ErrorKind.LATER,
            Errors.GENERIC_AUTHENTICATION_ERROR,
            "The server cannot take this login now; try again later");

    private static final Set<String> BLAMED =
            Set.of(Errors.INVALID_REQUEST, Errors.INVALID_TOKEN, Errors.UNKNOWN_IDENTITY_PROVIDER);

    private final int status;
    private final String error;
    private final String eventError;
    private final String description;

    ExchangeError(ErrorKind kind, String description) {
        this(kind, kind.eventError, description);
    }

    ExchangeError(ErrorKind kind, String eventError, String description) {
        this(kind.status, kind.error, eventError, description);
    }

    ExchangeError(int status, String error, String eventError, String description) {
        this.status = status;
        this.error = error;
        this.eventError = eventError;
        this.description = description;
    }

    /** Whether it is for whoever sends the request to do better: what fails often from one address is then somebody's trial. */
    public boolean isSendersFault() {
        return BLAMED.contains(eventError) || this == CLIENT_NOT_ALLOWED || this == DOOR_CLOSED;
    }

    /** Whether the answer says when to come again. */
    public boolean isTemporary() {
        return error.equals(OAuthErrorException.TEMPORARILY_UNAVAILABLE);
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

    /** The {@code error_description} where a request gives no occasion to say more: for developers, and not to be relied on. */
    public String description() {
        return description;
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
