export function newLogin(redirectUri) {
    return { state: random(), verifier: random(), redirect_uri: redirectUri };
}
export async function interactionOf({ state, verifier, redirect_uri }) {
    return { redirect_uri, state, code_challenge: await sha256(verifier) };
}
export function interactionParameters(interaction) {
    return Object.fromEntries(Object.entries(interaction)
        .filter(([, value]) => value != null)
        .map(([name, value]) => ['interaction_' + name, value]));
}
export function random() {
    return base64url(crypto.getRandomValues(new Uint8Array(32)));
}
export async function sha256(text) {
    return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
export function base64url(bytes) {
    return btoa(String.fromCharCode(...bytes))
        .replace(/\+/g, '-')
        .replace(/\//g, '_')
        .replace(/=+$/, '');
}
export function nonceOf(idToken) {
    const claims = (idToken.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(claims), (part) => part.charCodeAt(0)))).nonce;
}
