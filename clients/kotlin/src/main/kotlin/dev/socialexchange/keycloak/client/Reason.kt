package dev.socialexchange.keycloak.client

// Generated from the contract: mvn test -Dtest=NativeClientsTest -Dupdate.docs

/** The stable words of refusals, `error_reason`. Newer servers may know further ones: go by `error` then. */
public enum class Reason(public val word: String) {
    /** A parameter is missing (400 `invalid_request`). */
    PARAMETER_MISSING("parameter_missing"),
    /** A parameter is not as it has to be (400 `invalid_request`). */
    PARAMETER_INVALID("parameter_invalid"),
    /** This kind of token is not accepted (400 `invalid_request`). */
    TOKEN_TYPE_UNSUPPORTED("token_type_unsupported"),
    /** requested_token_type must be an access, refresh or id token type (400 `invalid_request`). */
    REQUESTED_TOKEN_TYPE_UNSUPPORTED("requested_token_type_unsupported"),
    /** The scope is not this client's (400 `invalid_scope`). */
    SCOPE_INVALID("scope_invalid"),
    /** The audience is not available (400 `invalid_target`). */
    AUDIENCE_INVALID("audience_invalid"),
    /** subject_issuer names no provider that is open for exchange (400 `invalid_request`). */
    PROVIDER_UNKNOWN("provider_unknown"),
    /** This client may not come by this door (403 `access_denied`). */
    DOOR_CLOSED("door_closed"),
    /** This client may not exchange tokens of this provider (403 `access_denied`). */
    CLIENT_NOT_ALLOWED("client_not_allowed"),
    /** The token is not valid (400 `invalid_request`). */
    TOKEN_INVALID("token_invalid"),
    /** The token has expired (400 `invalid_request`). */
    TOKEN_EXPIRED("token_expired"),
    /** The token was issued too long ago; get a fresh one from the identity provider (400 `invalid_request`). */
    TOKEN_TOO_OLD("token_too_old"),
    /** The token was not issued by this identity provider (400 `invalid_request`). */
    ISSUER_MISMATCH("issuer_mismatch"),
    /** The token was issued to another app (400 `invalid_request`). */
    TOKEN_FOR_ANOTHER_APP("token_for_another_app"),
    /** The access token is for another audience; send an id token, or an access token that the provider's user info accepts (400 `invalid_request`). */
    TOKEN_FOR_ANOTHER_AUDIENCE("token_for_another_audience"),
    /** The token is of another kind than it was sent as (400 `invalid_request`). */
    TOKEN_KIND_MISMATCH("token_kind_mismatch"),
    /** A nonce is needed, in the request and in the token (400 `invalid_request`). */
    NONCE_MISSING("nonce_missing"),
    /** The nonce was not issued to this client here, has expired, or has been used: get a new one (400 `invalid_request`). */
    NONCE_NOT_ISSUED("nonce_not_issued"),
    /** The nonce is not the token's (400 `invalid_request`). */
    NONCE_MISMATCH("nonce_mismatch"),
    /** The token has been used before (400 `invalid_request`). */
    TOKEN_REPLAYED("token_replayed"),
    /** The account does not belong to an allowed domain (400 `invalid_request`). */
    HOSTED_DOMAIN_NOT_ALLOWED("hosted_domain_not_allowed"),
    /** Nothing proves which app this access token is for (400 `invalid_request`). */
    BINDING_UNAVAILABLE("binding_unavailable"),
    /** The account lacks a claim that this realm requires (403 `access_denied`). */
    CLAIM_NOT_ALLOWED("claim_not_allowed"),
    /** This account is not on the list of those who may sign in here (403 `access_denied`). */
    NOT_ON_ALLOW_LIST("not_on_allow_list"),
    /** This provider links accounts and does not sign in (403 `access_denied`). */
    LINKING_ONLY("linking_only"),
    /** Nobody here is linked to this account, and new users are not created (403 `access_denied`). */
    REGISTRATION_DISABLED("registration_disabled"),
    /** Signing in with this account is not allowed here (403 `access_denied`). */
    DENIED_BY_FLOW("denied_by_flow"),
    /** No further session is allowed; sign out elsewhere first (403 `access_denied`). */
    SESSION_LIMIT_REACHED("session_limit_reached"),
    /** The account cannot be used (403 `access_denied`). */
    ACCOUNT_UNAVAILABLE("account_unavailable"),
    /** The account has no id that a user could be found by; only an administrator can help (403 `access_denied`). */
    ACCOUNT_ID_UNUSABLE("account_id_unusable"),
    /** Several users are linked to this account; only an administrator can help (403 `access_denied`). */
    ACCOUNT_AMBIGUOUS("account_ambiguous"),
    /** A local account has this e-mail address; sign in to it to link it (400 `interaction_required`). */
    ACCOUNT_EXISTS("account_exists"),
    /** Another local account has this username (400 `interaction_required`). */
    USERNAME_TAKEN("username_taken"),
    /** Signing in needs a browser (400 `interaction_required`). */
    LOGIN_REQUIRED("login_required"),
    /** The account's profile has to be completed in a browser (400 `interaction_required`). */
    PROFILE_INCOMPLETE("profile_incomplete"),
    /** The account's e-mail address has to be verified (400 `interaction_required`). */
    VERIFY_EMAIL("verify_email"),
    /** Signing in needs a second factor (400 `interaction_required`). */
    SECOND_FACTOR("second_factor"),
    /** The person has to consent to this client first (400 `interaction_required`). */
    CONSENT("consent"),
    /** This account does not sign in here until the person has proven in another way that they are who they are (400 `interaction_required`). */
    LINK_SUSPENDED("link_suspended"),
    /** The account has something to do in a browser first (400 `interaction_required`). */
    REQUIRED_ACTION("required_action"),
    /** Realm not enabled (403 `access_denied`). */
    REALM_DISABLED("realm_disabled"),
    /** HTTPS required (403 `invalid_request`). */
    HTTPS_REQUIRED("https_required"),
    /** The Authorization header has no access token of this realm that is good now (401 `invalid_token`). */
    ACCESS_TOKEN_INVALID("access_token_invalid"),
    /** Linking needs a recent login: sign in again (max_age) (401 `insufficient_user_authentication`). */
    LOGIN_TOO_OLD("login_too_old"),
    /** The access token needs the audience account and its role manage-account-links (403 `insufficient_scope`). */
    ROLE_MISSING("role_missing"),
    /** Accounts cannot be linked here by this user (403 `access_denied`). */
    LINKING_NOT_ALLOWED("linking_not_allowed"),
    /** The account cannot be linked: it belongs to somebody else here (409 `access_denied`). */
    LINKED_TO_ANOTHER_USER("linked_to_another_user"),
    /** Another account of this provider is linked already; unlink it first (409 `access_denied`). */
    ANOTHER_ACCOUNT_LINKED("another_account_linked"),
    /** Signing in with this provider is not set up rightly; the administrator has to mend it (403 `access_denied`). */
    SETUP_FAULTY("setup_faulty"),
    /** Too many requests in vain; try again later (429 `temporarily_unavailable`). */
    THROTTLED("throttled"),
    /** The identity provider cannot be reached or does not answer properly; try again later (503 `temporarily_unavailable`). */
    PROVIDER_UNAVAILABLE("provider_unavailable"),
    /** The server cannot take this login now; try again later (503 `temporarily_unavailable`). */
    SERVER_BUSY("server_busy"),;

    public companion object {
        private val words = entries.associateBy { it.word }

        /** Null for a word that this library does not know. */
        public fun of(word: String?): Reason? = words[word]
    }
}
