import { ACCESS_TOKEN, ID_TOKEN } from './contract.js';
export function withGoogle(provider, { nonce, provider_nonce }, place) {
    return new Promise((resolve) => {
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
        google.accounts.id.renderButton(place, { type: 'standard', theme: 'outline' });
    });
}
export function withFacebook(provider) {
    FB.init({ appId: provider.client_id, version: 'v24.0' });
    return new Promise((resolve, reject) => {
        FB.login(({ authResponse }) => {
            if (authResponse?.accessToken) {
                resolve({
                    subject_issuer: provider.alias,
                    subject_token: authResponse.accessToken,
                    subject_token_type: ACCESS_TOKEN,
                });
            }
            else {
                reject(new Error('The person did not sign in'));
            }
        }, { scope: 'email' });
    });
}
export async function withApple(provider, { nonce, provider_nonce }, { code = false } = {}) {
    const redirect_uri = `${location.origin}/`;
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
        ...(user && { user: JSON.stringify(user) }),
        ...(code && { code: authorization.code, redirect_uri }),
    };
}
