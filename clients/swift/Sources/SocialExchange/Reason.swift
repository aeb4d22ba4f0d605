// Generated from the contract: mvn test -Dtest=NativeClientsTest -Dupdate.docs

/// The stable words of refusals, `error_reason`. Newer servers may know further ones: go by `error` then.
public enum Reason: String, Sendable, CaseIterable {
    /// A parameter is missing (400 `invalid_request`).
    case parameterMissing = "parameter_missing"
    /// A parameter is not as it has to be (400 `invalid_request`).
    case parameterInvalid = "parameter_invalid"
    /// This kind of token is not accepted (400 `invalid_request`).
    case tokenTypeUnsupported = "token_type_unsupported"
    /// requested_token_type must be an access, refresh or id token type (400 `invalid_request`).
    case requestedTokenTypeUnsupported = "requested_token_type_unsupported"
    /// The scope is not this client's (400 `invalid_scope`).
    case scopeInvalid = "scope_invalid"
    /// The audience is not available (400 `invalid_target`).
    case audienceInvalid = "audience_invalid"
    /// subject_issuer names no provider that is open for exchange (400 `invalid_request`).
    case providerUnknown = "provider_unknown"
    /// This client may not come by this door (403 `access_denied`).
    case doorClosed = "door_closed"
    /// This client may not exchange tokens of this provider (403 `access_denied`).
    case clientNotAllowed = "client_not_allowed"
    /// The token is not valid (400 `invalid_request`).
    case tokenInvalid = "token_invalid"
    /// The token has expired (400 `invalid_request`).
    case tokenExpired = "token_expired"
    /// The token was issued too long ago; get a fresh one from the identity provider (400 `invalid_request`).
    case tokenTooOld = "token_too_old"
    /// The token was not issued by this identity provider (400 `invalid_request`).
    case issuerMismatch = "issuer_mismatch"
    /// The token was issued to another app (400 `invalid_request`).
    case tokenForAnotherApp = "token_for_another_app"
    /// The access token is for another audience; send an id token, or an access token that the provider's user info accepts (400 `invalid_request`).
    case tokenForAnotherAudience = "token_for_another_audience"
    /// The token is of another kind than it was sent as (400 `invalid_request`).
    case tokenKindMismatch = "token_kind_mismatch"
    /// A nonce is needed, in the request and in the token (400 `invalid_request`).
    case nonceMissing = "nonce_missing"
    /// The nonce was not issued to this client here, has expired, or has been used: get a new one (400 `invalid_request`).
    case nonceNotIssued = "nonce_not_issued"
    /// The nonce is not the token's (400 `invalid_request`).
    case nonceMismatch = "nonce_mismatch"
    /// The token has been used before (400 `invalid_request`).
    case tokenReplayed = "token_replayed"
    /// The account does not belong to an allowed domain (400 `invalid_request`).
    case hostedDomainNotAllowed = "hosted_domain_not_allowed"
    /// Nothing proves which app this access token is for (400 `invalid_request`).
    case bindingUnavailable = "binding_unavailable"
    /// The account lacks a claim that this realm requires (403 `access_denied`).
    case claimNotAllowed = "claim_not_allowed"
    /// This account is not on the list of those who may sign in here (403 `access_denied`).
    case notOnAllowList = "not_on_allow_list"
    /// This provider links accounts and does not sign in (403 `access_denied`).
    case linkingOnly = "linking_only"
    /// Nobody here is linked to this account, and new users are not created (403 `access_denied`).
    case registrationDisabled = "registration_disabled"
    /// Signing in with this account is not allowed here (403 `access_denied`).
    case deniedByFlow = "denied_by_flow"
    /// No further session is allowed; sign out elsewhere first (403 `access_denied`).
    case sessionLimitReached = "session_limit_reached"
    /// The account cannot be used (403 `access_denied`).
    case accountUnavailable = "account_unavailable"
    /// The account has no id that a user could be found by; only an administrator can help (403 `access_denied`).
    case accountIdUnusable = "account_id_unusable"
    /// Several users are linked to this account; only an administrator can help (403 `access_denied`).
    case accountAmbiguous = "account_ambiguous"
    /// A local account has this e-mail address; sign in to it to link it (400 `interaction_required`).
    case accountExists = "account_exists"
    /// Another local account has this username (400 `interaction_required`).
    case usernameTaken = "username_taken"
    /// Signing in needs a browser (400 `interaction_required`).
    case loginRequired = "login_required"
    /// The account's profile has to be completed in a browser (400 `interaction_required`).
    case profileIncomplete = "profile_incomplete"
    /// The account's e-mail address has to be verified (400 `interaction_required`).
    case verifyEmail = "verify_email"
    /// Signing in needs a second factor (400 `interaction_required`).
    case secondFactor = "second_factor"
    /// The person has to consent to this client first (400 `interaction_required`).
    case consent = "consent"
    /// This account does not sign in here until the person has proven in another way that they are who they are (400 `interaction_required`).
    case linkSuspended = "link_suspended"
    /// The account has something to do in a browser first (400 `interaction_required`).
    case requiredAction = "required_action"
    /// Realm not enabled (403 `access_denied`).
    case realmDisabled = "realm_disabled"
    /// HTTPS required (403 `invalid_request`).
    case httpsRequired = "https_required"
    /// The Authorization header has no access token of this realm that is good now (401 `invalid_token`).
    case accessTokenInvalid = "access_token_invalid"
    /// Linking needs a recent login: sign in again (max_age) (401 `insufficient_user_authentication`).
    case loginTooOld = "login_too_old"
    /// The access token needs the audience account and its role manage-account-links (403 `insufficient_scope`).
    case roleMissing = "role_missing"
    /// Accounts cannot be linked here by this user (403 `access_denied`).
    case linkingNotAllowed = "linking_not_allowed"
    /// The account cannot be linked: it belongs to somebody else here (409 `access_denied`).
    case linkedToAnotherUser = "linked_to_another_user"
    /// Another account of this provider is linked already; unlink it first (409 `access_denied`).
    case anotherAccountLinked = "another_account_linked"
    /// Signing in with this provider is not set up rightly; the administrator has to mend it (403 `access_denied`).
    case setupFaulty = "setup_faulty"
    /// Too many requests in vain; try again later (429 `temporarily_unavailable`).
    case throttled = "throttled"
    /// The identity provider cannot be reached or does not answer properly; try again later (503 `temporarily_unavailable`).
    case providerUnavailable = "provider_unavailable"
    /// The server cannot take this login now; try again later (503 `temporarily_unavailable`).
    case serverBusy = "server_busy"
}
