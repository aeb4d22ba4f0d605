// How the providers' own SDKs for the web are asked for a token. Each answers with what an exchange takes.

/// <reference types="google.accounts" />
/// <reference types="facebook-js-sdk" />
/// <reference types="apple-signin-api" />
import { ACCESS_TOKEN, type AccessTokenSubject, ID_TOKEN, type IdTokenSubject, type Nonce, type Provider } from './contract.js';

type Known = Pick<Provider, 'alias' | 'client_id'>;

/** Google Identity Services, https://accounts.google.com/gsi/client: the person presses the button that it draws. */
export function withGoogle(provider: Known, { nonce, provider_nonce }: Nonce, place: HTMLElement): Promise<IdTokenSubject> {
  return new Promise((resolve) => {
    google.accounts.id.initialize({
      client_id: provider.client_id,
      nonce: provider_nonce,
      callback: ({ credential }) =>
        resolve({
          subject_issuer: provider.alias,
          subject_token: credential,
          subject_token_type: ID_TOKEN,
          nonce,
        }),
    });
    google.accounts.id.renderButton(place, { type: 'standard', theme: 'outline' });
  });
}

/**
 * Facebook's SDK, https://connect.facebook.net/en_US/sdk.js: call it while the person's press of a button of yours is being handled.
 *
 * @throws Error if the person did not sign in
 */
export function withFacebook(provider: Known): Promise<AccessTokenSubject> {
  FB.init({ appId: provider.client_id, version: 'v24.0' });
  return new Promise((resolve, reject) => {
    FB.login(
      ({ authResponse }) => {
        if (authResponse?.accessToken) {
          resolve({
            subject_issuer: provider.alias,
            subject_token: authResponse.accessToken,
            subject_token_type: ACCESS_TOKEN,
          });
        } else {
          reject(new Error('The person did not sign in'));
        }
      },
      { scope: 'email' },
    );
  });
}

/**
 * Sign in with Apple JS, https://appleid.cdn-apple.com/appleauth/static/jsapi/appleid/1/en_US/appleid.auth.js. Ask for the nonce when the
 * page loads, so that the popup opens in the click's own turn.
 *
 * @param code whether the code goes along: the realm gets Apple's refresh token by it, and what it came in is good for one request
 */
export async function withApple(
  provider: Known,
  { nonce, provider_nonce }: Nonce,
  { code = false }: { code?: boolean } = {},
): Promise<IdTokenSubject> {
  const redirect_uri = `${location.origin}/`; // registered at Apple, though a popup never goes there
  AppleID.auth.init({
    clientId: provider.client_id,
    scope: 'name email',
    redirectURI: redirect_uri,
    usePopup: true,
    nonce: provider_nonce,
  });
  const { authorization, user } = await AppleID.auth.signIn();
  return {
    subject_issuer: provider.alias,
    subject_token: authorization.id_token,
    subject_token_type: ID_TOKEN,
    nonce,
    ...(user && { user: JSON.stringify(user) }), // the name, which Apple tells once
    ...(code && { code: authorization.code, redirect_uri }),
  };
}
