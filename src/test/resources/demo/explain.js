// What a front end may tell a person, by error_reason: the machine code that stays the same.

const REASONS = {
  account_exists: ['There is already an account with this e-mail address',
    'The provider vouches for the address, but only the account’s owner may link the two. Sign in once in the browser and confirm it.'],
  login_required: ['The realm wants to see you in the browser',
    'Its flow has a question that no token answers. Where nobody vouches for an address, the realm does not even say whether an account has it.'],
  username_taken: ['This user name is taken', 'Somebody else has it in this realm. Choose another one in the browser.'],
  profile_incomplete: ['Something is missing in the profile',
    'The realm requires a name or an address that the provider did not give, or does not accept what it gave. Complete it in the browser.'],
  verify_email: ['The e-mail address has to be confirmed first', 'The realm wants proof of the address before it gives tokens.'],
  second_factor: ['A second factor is required', 'The realm asks for one, and a token from a provider cannot replace it.'],
  link_suspended: ['The account does not sign in here for now', 'Its provider has said that somebody else may have it, or that it is closed: sign in another way, or by a browser login, which offers a mail.'],
  consent: ['You have to agree first', 'The realm’s client asks for consent, which takes a page in the browser.'],
  required_action: ['There is something to do first', 'An administrator or the realm asks for an action before the next login.'],

  token_for_another_app: ['This token was minted for another app',
    'It is genuine, but its audience is not this app. Accepting it would let any other app sign in as its users.'],
  token_for_another_audience: ['This token is for another service',
    'It was minted for this app, but for an API’s ears. Whoever runs that API could sign in as its callers.'],
  token_invalid: ['The provider does not recognise this token', 'It was revoked or damaged, or it never was one. Sign in at the provider again.'],
  token_expired: ['The token has expired', 'Sign in at the provider again; the old token is of no use any more.'],
  token_too_old: ['The token was issued too long ago', 'The realm wants a fresh sign-in at the provider.'],
  token_replayed: ['This token has been used already',
    'An ID token is accepted once: whoever finds it in a log cannot use it a second time.'],
  token_kind_mismatch: ['The token is of another kind than the request says', 'The parameter subject_token_type and the token do not fit.'],
  token_type_unsupported: ['This provider is not open for this kind of token', 'Choose another kind under “Options”.'],
  issuer_mismatch: ['The token comes from somebody else', 'Its issuer is not the one that the realm has configured.'],
  nonce_missing: ['The nonce is missing', 'A token with a nonce is accepted only together with the nonce that the front end chose.'],
  nonce_not_issued: ['The nonce is not one of the realm’s', 'It was not issued to this page, it has expired, or it has been used.'],
  nonce_mismatch: ['The nonce does not fit', 'The token belongs to another sign-in than the one this page started.'],
  hosted_domain_not_allowed: ['This account’s organisation is not admitted', 'The realm accepts accounts of certain domains only.'],
  binding_unavailable: ['Nobody can tell which app this token is for', 'Use a kind of token that names its audience.'],

  client_not_allowed: ['This client may not exchange this provider’s tokens', 'An administrator opens a provider client by client.'],
  provider_unknown: ['The realm has no such provider', 'It does not exist, is switched off or is not open for exchange: the answer is the same.'],
  account_unavailable: ['This account cannot be used', 'It is disabled or locked for the moment.'],
  account_ambiguous: ['Several people here have this account', 'An administrator has to say whose it is.'],
  account_id_unusable: ['This account has no id to know it by', 'An administrator has to put that right.'],
  linking_not_allowed: ['An organisation manages the account with this address', 'Only the organisation’s own provider signs in to it.'],
  session_limit_reached: ['There are too many sessions already', 'Sign out somewhere else first.'],
  linking_only: ['This provider is for linking only', 'Sign in to your account by other means and link it there.'],
  claim_not_allowed: ['This person is not admitted', 'The provider’s settings ask for something that the account does not have.'],
  denied_by_flow: ['This person is not admitted', 'A step of the realm’s first-broker-login flow said no.'],
  not_on_allow_list: ['This person is not admitted', 'The realm keeps a list of who may sign in.'],
  registration_disabled: ['New accounts are not accepted', 'The realm knows nobody with this account and creates nobody.'],

  setup_faulty: ['The realm is not set up as it should be', 'A part of it fails, whatever is sent. Its administrator finds in the events which.'],
  throttled: ['Too many attempts have failed', 'The realm answers again after the seconds of Retry-After; until then it says nothing about tokens.'],
  server_busy: ['The realm has too much to do', 'The token may be fine: try again in a moment.'],
  provider_unavailable: ['The provider cannot be reached', 'It is down, slow or answers nonsense. The token may be fine: try again in a moment.'],
  parameter_missing: ['The request lacks a parameter', 'This is a mistake in the front end.'],
  parameter_invalid: ['A parameter cannot be used', 'This is a mistake in the front end.'],
  requested_token_type_unsupported: ['The answer cannot be of this kind', 'This is a mistake in the front end.'],
  scope_invalid: ['The client may not ask for this scope', 'This is a mistake in the front end.'],
  audience_invalid: ['The client may not ask for this audience', 'This is a mistake in the front end.'],
};

/** @param answer of an exchange, other than tokens */
export function explain(answer) {
  const [title, text] = REASONS[answer.reason] ?? (answer.kind === 'lost'
    ? ['Keycloak gave no usable answer', 'Nobody can tell whether the login was done. Sign in at the provider again.']
    : ['Keycloak refused', answer.description || 'It gave no reason that this page knows.']);
  return { title, text };
}

const TOKEN_TYPES = {
  id_token: 'ID token',
  access_token: 'Access token',
  refresh_token: 'Refresh token',
  authorization_code: 'Authorization code',
};

export function tokenName(type) {
  return TOKEN_TYPES[type.split(':').pop()] ?? type;
}
