// How the providers' own SDKs for the web are asked for a token. Each answers with what an exchange takes.
// `provider` is an entry of the realm's list: alias, client_id, …

import { ACCESS_TOKEN, ID_TOKEN } from './session.js';

/** Google Identity Services, https://accounts.google.com/gsi/client: the person presses the button that it draws. */
export function withGoogle(provider, { nonce, provider_nonce }, place) {
  return new Promise(resolve => {
    google.accounts.id.initialize({
      client_id: provider.client_id,
      nonce: provider_nonce,
      callback: ({ credential }) => resolve({
        subject_issuer: provider.alias,
        subject_token: credential,
        subject_token_type: ID_TOKEN,
        nonce,
      }),
    });
    google.accounts.id.renderButton(place, { theme: 'outline' });
  });
}

/** Facebook's SDK, https://connect.facebook.net/en_US/sdk.js: call it when the person presses a button of yours. */
export function withFacebook(provider) {
  FB.init({ appId: provider.client_id, version: 'v24.0' });
  return new Promise((resolve, reject) => {
    FB.login(({ authResponse }) => {
      if (authResponse) {
        resolve({
          subject_issuer: provider.alias,
          subject_token: authResponse.accessToken,
          subject_token_type: ACCESS_TOKEN,
        });
      } else {
        reject(new Error('The person did not sign in'));
      }
    }, { scope: 'email' });
  });
}

/** Sign in with Apple JS, https://appleid.cdn-apple.com/appleauth/static/jsapi/appleid/1/en_US/appleid.auth.js */
export async function withApple(provider, { nonce, provider_nonce }) {
  AppleID.auth.init({
    clientId: provider.client_id,
    scope: 'name email',
    redirectURI: `${location.origin}/`, // registered at Apple, though a popup never goes there
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
  };
}
