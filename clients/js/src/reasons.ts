// Every error_reason, with what it comes with: mvn test -Dtest=JsPackageTest -Dupdate.docs
export interface Reasons {
  parameter_missing: { error: 'invalid_request'; status: 400 };
  parameter_invalid: { error: 'invalid_request'; status: 400 };
  token_type_unsupported: { error: 'invalid_request'; status: 400 };
  requested_token_type_unsupported: { error: 'invalid_request'; status: 400 };
  scope_invalid: { error: 'invalid_scope'; status: 400 };
  audience_invalid: { error: 'invalid_target'; status: 400 };
  provider_unknown: { error: 'invalid_request'; status: 400 };
  door_closed: { error: 'access_denied'; status: 403 };
  client_not_allowed: { error: 'access_denied'; status: 403 };
  token_invalid: { error: 'invalid_request'; status: 400 };
  token_expired: { error: 'invalid_request'; status: 400 };
  token_too_old: { error: 'invalid_request'; status: 400 };
  issuer_mismatch: { error: 'invalid_request'; status: 400 };
  token_for_another_app: { error: 'invalid_request'; status: 400 };
  token_for_another_audience: { error: 'invalid_request'; status: 400 };
  token_kind_mismatch: { error: 'invalid_request'; status: 400 };
  nonce_missing: { error: 'invalid_request'; status: 400 };
  nonce_not_issued: { error: 'invalid_request'; status: 400 };
  nonce_mismatch: { error: 'invalid_request'; status: 400 };
  token_replayed: { error: 'invalid_request'; status: 400 };
  hosted_domain_not_allowed: { error: 'invalid_request'; status: 400 };
  binding_unavailable: { error: 'invalid_request'; status: 400 };
  claim_not_allowed: { error: 'access_denied'; status: 403 };
  not_on_allow_list: { error: 'access_denied'; status: 403 };
  linking_only: { error: 'access_denied'; status: 403 };
  registration_disabled: { error: 'access_denied'; status: 403 };
  denied_by_flow: { error: 'access_denied'; status: 403 };
  session_limit_reached: { error: 'access_denied'; status: 403 };
  account_unavailable: { error: 'access_denied'; status: 403 };
  account_id_unusable: { error: 'access_denied'; status: 403 };
  account_ambiguous: { error: 'access_denied'; status: 403 };
  account_exists: { error: 'interaction_required'; status: 400 };
  username_taken: { error: 'interaction_required'; status: 400 };
  login_required: { error: 'interaction_required'; status: 400 };
  profile_incomplete: { error: 'interaction_required'; status: 400 };
  verify_email: { error: 'interaction_required'; status: 400 };
  second_factor: { error: 'interaction_required'; status: 400 };
  consent: { error: 'interaction_required'; status: 400 };
  link_suspended: { error: 'interaction_required'; status: 400 };
  required_action: { error: 'interaction_required'; status: 400 };
  realm_disabled: { error: 'access_denied'; status: 403 };
  https_required: { error: 'invalid_request'; status: 403 };
  access_token_invalid: { error: 'invalid_token'; status: 401 };
  login_too_old: { error: 'insufficient_user_authentication'; status: 401 };
  role_missing: { error: 'insufficient_scope'; status: 403 };
  linking_not_allowed: { error: 'access_denied'; status: 403 };
  linked_to_another_user: { error: 'access_denied'; status: 409 };
  another_account_linked: { error: 'access_denied'; status: 409 };
  setup_faulty: { error: 'access_denied'; status: 403 };
  throttled: { error: 'temporarily_unavailable'; status: 429 };
  provider_unavailable: { error: 'temporarily_unavailable'; status: 503 };
  server_busy: { error: 'temporarily_unavailable'; status: 503 };
}

/** The stable word to program against. */
export type Reason = keyof Reasons;

export const REASONS: ReadonlySet<string> = new Set('parameter_missing parameter_invalid token_type_unsupported requested_token_type_unsupported scope_invalid audience_invalid provider_unknown door_closed client_not_allowed token_invalid token_expired token_too_old issuer_mismatch token_for_another_app token_for_another_audience token_kind_mismatch nonce_missing nonce_not_issued nonce_mismatch token_replayed hosted_domain_not_allowed binding_unavailable claim_not_allowed not_on_allow_list linking_only registration_disabled denied_by_flow session_limit_reached account_unavailable account_id_unusable account_ambiguous account_exists username_taken login_required profile_incomplete verify_email second_factor consent link_suspended required_action realm_disabled https_required access_token_invalid login_too_old role_missing linking_not_allowed linked_to_another_user another_account_linked setup_faulty throttled provider_unavailable server_busy'.split(' '));
