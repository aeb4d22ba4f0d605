// The simulated providers have no SDK. This takes its place: it sends the person to the provider, and gets what comes back.

import { challengeOf, random } from './oauth.js';
import { ACCESS_TOKEN, CODE, ID_TOKEN } from './social-exchange/index.js';

const PENDING = 'pending-sign-in';
const redirectUri = `${location.origin}/`;

const RESPONSES = {
  [ID_TOKEN]: { type: 'id_token', field: 'id_token' },
  [ACCESS_TOKEN]: { type: 'token', field: 'access_token' },
  [CODE]: { type: 'code', field: 'code' },
};

/**
 * @param nonce what the provider writes into the token; the exchange has the other half of it
 * @param subject what the exchange takes, without the token
 */
export async function leaveFor(authorizeUrl, clientId, scope, nonce, subject) {
  const pending = { state: random(), subject };
  const parameters = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: RESPONSES[subject.subject_token_type].type,
    scope,
    state: pending.state,
  };
  if (nonce) {
    parameters.nonce = nonce;
  }
  if (subject.subject_token_type === CODE) {
    const verifier = random();
    pending.subject = { ...subject, redirect_uri: redirectUri, code_verifier: verifier };
    parameters.code_challenge = await challengeOf(verifier);
    parameters.code_challenge_method = 'S256';
  }
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  location.assign(`${authorizeUrl}?${new URLSearchParams(parameters)}`);
}

/** What the exchange takes, or null if the browser has come from elsewhere. Throws if the provider gave no token. */
export function subjectOfArrival() {
  const answer = new URLSearchParams(location.hash.slice(1) || location.search);
  const pending = JSON.parse(sessionStorage.getItem(PENDING));
  if (!pending || answer.get('state') !== pending.state) {
    return null;
  }
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, '', redirectUri);
  if (answer.get('error')) {
    throw new Error(answer.get('error_description') ?? answer.get('error'));
  }
  return { ...pending.subject, subject_token: answer.get(RESPONSES[pending.subject.subject_token_type].field) };
}
