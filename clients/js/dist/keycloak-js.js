import { postTo } from './address.js';
export async function openSession(keycloak, tokens, options = {}) {
    await keycloak.init({
        redirectUri: `${location.origin}/`,
        responseMode: 'query',
        checkLoginIframe: false,
        ...options,
        ...(tokens && {
            token: tokens.access_token,
            ...(tokens.refresh_token && { refreshToken: tokens.refresh_token }),
            ...(tokens.id_token && { idToken: tokens.id_token }),
        }),
    });
    return keycloak;
}
export async function exchange(client, keycloak, subject, options = {}) {
    const login = new URL(await keycloak.createLoginUrl()).searchParams;
    const [redirect_uri, code_challenge, state, nonce] = ['redirect_uri', 'code_challenge', 'state', 'nonce'].map((name) => login.get(name));
    const interaction = redirect_uri && code_challenge
        ? { redirect_uri, code_challenge, ...(state && { state }), ...(nonce && { nonce }) }
        : false;
    return client.exchange(subject, { interaction, ...options });
}
export async function continueInBrowser(keycloak, { link, provider }) {
    if (link) {
        postTo(link);
    }
    else {
        await keycloak.login({ idpHint: provider });
    }
}
