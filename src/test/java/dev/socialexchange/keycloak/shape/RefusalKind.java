package dev.socialexchange.keycloak.shape;

import dev.socialexchange.keycloak.ExchangeError;

/** What an app of another back end has to make of a refusal. A reason that is new does not compile before somebody has said that here. */
enum RefusalKind {
    /** What was sent, and how: the app's maker has to change it, or an administrator. */
    REQUEST,
    /** The provider's token: another one may do. */
    TOKEN,
    /** This app, this person, this realm: nothing helps. */
    DENIED,
    /** The person would have to do something that the app cannot offer. */
    PERSON,
    /** The realm's own access token. */
    BEARER,
    /** Coming again helps. */
    LATER,
    /** Said at the door where accounts are linked, and at none of these. */
    ELSEWHERE;

    static RefusalKind of(ExchangeError error) {
        return switch (error) {
            case PARAMETER_MISSING,
                    PARAMETER_INVALID,
                    TOKEN_TYPE_UNSUPPORTED,
                    REQUESTED_TOKEN_TYPE_UNSUPPORTED,
                    SCOPE_INVALID,
                    AUDIENCE_INVALID,
                    PROVIDER_UNKNOWN,
                    BINDING_UNAVAILABLE -> REQUEST;
            case TOKEN_INVALID,
                    TOKEN_EXPIRED,
                    TOKEN_TOO_OLD,
                    ISSUER_MISMATCH,
                    TOKEN_FOR_ANOTHER_APP,
                    TOKEN_FOR_ANOTHER_AUDIENCE,
                    TOKEN_KIND_MISMATCH,
                    NONCE_MISSING,
                    NONCE_NOT_ISSUED,
                    NONCE_MISMATCH,
                    TOKEN_REPLAYED,
                    HOSTED_DOMAIN_NOT_ALLOWED -> TOKEN;
            case DOOR_CLOSED,
                    CLIENT_NOT_ALLOWED,
                    CLAIM_NOT_ALLOWED,
                    NOT_ON_ALLOW_LIST,
                    LINKING_ONLY,
                    REGISTRATION_DISABLED,
                    DENIED_BY_FLOW,
                    SESSION_LIMIT_REACHED,
                    ACCOUNT_UNAVAILABLE,
                    ACCOUNT_ID_UNUSABLE,
                    ACCOUNT_AMBIGUOUS,
                    REALM_DISABLED,
                    HTTPS_REQUIRED,
                    SETUP_FAULTY -> DENIED;
            case ACCOUNT_EXISTS,
                    USERNAME_TAKEN,
                    LOGIN_REQUIRED,
                    PROFILE_INCOMPLETE,
                    VERIFY_EMAIL,
                    SECOND_FACTOR,
                    CONSENT,
                    LINK_SUSPENDED,
                    REQUIRED_ACTION -> PERSON;
            case ACCESS_TOKEN_INVALID -> BEARER;
            case LOGIN_TOO_OLD, ROLE_MISSING, LINKING_NOT_ALLOWED, LINKED_TO_ANOTHER_USER, ANOTHER_ACCOUNT_LINKED ->
                ELSEWHERE;
            case THROTTLED, PROVIDER_UNAVAILABLE, SERVER_BUSY -> LATER;
        };
    }
}
