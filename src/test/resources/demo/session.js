// The person's session in the realm: one fetch() begins it with a provider's token, and keycloak-js keeps it.

import Keycloak from './keycloak-js/keycloak.js';

export const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token';
export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
export const CODE = 'urn:keycloak:social-exchange:token-type:authorization_code';

/**
 * Called when the page loads, it redeems the code that a browser has come back with, if there is one; after an exchange, it
 * takes over the tokens of the answer.
 *
 * @param realm `{ url, realm, clientId }`
 */
export async function openSession(realm, tokens = {}) {
  const keycloak = new Keycloak(realm);
  await keycloak.init({
    redirectUri: `${location.origin}/`,
    responseMode: 'query',
    checkLoginIframe: false, // it looks for the realm's cookie, and an exchange sets none
    token: tokens.access_token,
    refreshToken: tokens.refresh_token,
    idToken: tokens.id_token,
  });
  return keycloak;
}

/** @param subject `subject_issuer`, `subject_token`, `subject_token_type` and what else belongs to this token */
export async function exchange(keycloak, subject) {
  // What keycloak-js would begin a login with, and waits for: the exchange may end as one.
  const login = new URL(await keycloak.createLoginUrl()).searchParams;
  return post(keycloak.endpoints.token(), {
    grant_type: EXCHANGE,
    client_id: keycloak.clientId,
    scope: 'openid',
    interaction_redirect_uri: login.get('redirect_uri'),
    interaction_state: login.get('state'),
    interaction_nonce: login.get('nonce'),
    interaction_code_challenge: login.get('code_challenge'),
    ...subject,
  });
}

/** Leaves the page, when an exchange was answered with interaction_required. It comes back with a code. */
export async function continueInBrowser(keycloak, answer, alias) {
  if (answer.interaction_uri) {
    const form = document.createElement('form'); // and no mere address: the browser says that this page has sent it
    form.method = 'post';
    form.action = answer.interaction_uri;
    document.body.append(form);
    form.submit();
  } else {
    await keycloak.login({ idpHint: alias }); // the realm's login page, straight to this provider
  }
}

/** The providers that are open for this front end, to draw buttons for. */
export async function openProviders(realm) {
  const answer = await fetch(`${door(realm, 'providers')}?${new URLSearchParams({ client_id: realm.clientId })}`);
  return (await answer.json()).providers;
}

/** `provider_nonce` is for the provider's SDK, `nonce` for the exchange of the ID token that comes of it. */
export async function newNonce(realm) {
  return (await post(door(realm, 'nonce'), { client_id: realm.clientId })).body;
}

/** The nonce that an SDK has put into a token without being asked. */
export function nonceOf(idToken) {
  const claims = idToken.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(claims), part => part.charCodeAt(0)))).nonce;
}

function door({ url, realm }, name) {
  return `${url}/realms/${realm}/social-exchange/${name}`;
}

async function post(url, parameters) {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(parameters) });
  return { status: response.status, body: await response.json() };
}
