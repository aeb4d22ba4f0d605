import type { Prover } from './settings.js';
import { base64url, random, sha256 } from './login.js';

/** A key of this front end's, and proofs of having it (RFC 9449). */
export interface Dpop extends Prover {
  /** To be kept with the refresh token, if that is kept: IndexedDB takes them as they are. The private one cannot be read out. */
  readonly keys: CryptoKeyPair;
}

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };

/** @param keys of P-256, for signing; new ones without */
export async function dpop(keys?: CryptoKeyPair): Promise<Dpop> {
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

function part(content: object): string {
  return base64url(new TextEncoder().encode(JSON.stringify(content)));
}
