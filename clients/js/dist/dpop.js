import { base64url, random, sha256 } from './login.js';
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
export async function dpop(keys) {
    const pair = keys ?? (await crypto.subtle.generateKey(P256, false, ['sign', 'verify']));
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const header = part({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } });
    return {
        keys: pair,
        async proof(method, url, accessToken) {
            const { origin, pathname } = new URL(url);
            const claims = part({
                jti: random(),
                htm: method,
                htu: origin + pathname,
                iat: Math.floor(Date.now() / 1000),
                ...(accessToken && { ath: await sha256(accessToken) }),
            });
            const signed = new TextEncoder().encode(`${header}.${claims}`);
            const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, signed);
            return `${header}.${claims}.${base64url(new Uint8Array(signature))}`;
        },
    };
}
function part(content) {
    return base64url(new TextEncoder().encode(JSON.stringify(content)));
}
