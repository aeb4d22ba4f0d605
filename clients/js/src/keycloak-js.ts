// For front ends whose session keycloak-js keeps.

import type Keycloak from 'keycloak-js';
import type { KeycloakInitOptions } from 'keycloak-js';
import { postTo } from './address.js';
import type { Exchanged, PersonNeeded } from './answer.js';
import type { RealmClient } from './client.js';
import type { Subject, Tokens } from './contract.js';
import type { ExchangeOptions } from './settings.js';

/**
 * Call this when the page loads: if the browser comes back from the realm, keycloak-js redeems the code, after comparing state and nonce.
 * Call it again, with a new `Keycloak` and the tokens of an exchange, to let it keep them; it refreshes them at once.
 *
 * @throws what keycloak-js throws: an object with `error`, such as `access_denied` when the person turned back
 */
export async function openSession(keycloak: Keycloak, tokens?: Tokens, options: KeycloakInitOptions = {}): Promise<Keycloak> {
  await keycloak.init({
    redirectUri: `${location.origin}/`,
    responseMode: 'query',
    checkLoginIframe: false, // it looks for the realm's cookie, and an exchange sets none
    ...options,
    ...(tokens && {
      token: tokens.access_token,
      ...(tokens.refresh_token && { refreshToken: tokens.refresh_token }),
      ...(tokens.id_token && { idToken: tokens.id_token }),
    }),
  });
  return keycloak;
}

/**
 * An exchange that may end as a login which keycloak-js has begun: it makes state, nonce and PKCE verifier, and remembers them. Without
 * PKCE (`pkceMethod: false`) no link is asked for.
 *
 * @param keycloak after `init`
 */
export async function exchange(
  client: RealmClient,
  keycloak: Keycloak,
  subject: Subject,
  options: ExchangeOptions = {},
): Promise<Exchanged> {
  const login = new URL(await keycloak.createLoginUrl()).searchParams;
  const [redirect_uri, code_challenge, state, nonce] = ['redirect_uri', 'code_challenge', 'state', 'nonce'].map((name) => login.get(name));
  const interaction = redirect_uri && code_challenge
    ? { redirect_uri, code_challenge, ...(state && { state }), ...(nonce && { nonce }) }
    : false;
  return client.exchange(subject, { interaction, ...options });
}

/** Leaves the page. It comes back with a code, which {@link openSession} lets keycloak-js redeem. */
export async function continueInBrowser(keycloak: Keycloak, { link, provider }: PersonNeeded): Promise<void> {
  if (link) {
    postTo(link);
  } else {
    await keycloak.login({ idpHint: provider }); // the realm's login page, straight to this provider
  }
}
