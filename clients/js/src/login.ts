/** What a browser's answer has to fit. It is kept from the exchange until the code is redeemed, and is nobody else's business. */
export interface Login {
  state: string;
  /** Of PKCE (RFC 7636). */
  verifier: string;
  redirect_uri: string;
}

/** What an exchange sends so that a browser can go on (docs/continuation.md). */
export interface Interaction {
  redirect_uri: string;
  /** S256. */
  code_challenge: string;
  state?: string;
  /** Comes back in the realm's id token. */
  nonce?: string;
}

export function newLogin(redirectUri: string): Login {
  return { state: random(), verifier: random(), redirect_uri: redirectUri };
}

export async function interactionOf({ state, verifier, redirect_uri }: Login): Promise<Interaction> {
  return { redirect_uri, state, code_challenge: await sha256(verifier) };
}

export function interactionParameters(interaction: Interaction): Record<string, string> {
  return Object.fromEntries(
    Object.entries(interaction)
      .filter(([, value]) => value != null)
      .map(([name, value]) => ['interaction_' + name, value]),
  );
}

/** 32 unguessable bytes. */
export function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** In base64url. */
export async function sha256(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/**
 * The nonce that an SDK has put into an id_token without being asked; `undefined` if there is none. The signature is the realm's business.
 */
export function nonceOf(idToken: string): string | undefined {
  const claims = (idToken.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(claims), (part) => part.charCodeAt(0)))).nonce;
}
