import type { ACCESS_TOKEN, ID_TOKEN, REFRESH_TOKEN } from './contract.js';
import type { Interaction } from './login.js';

/** Proves that whoever sends a request has a key (RFC 9449): `dpop()` of `social-exchange-keycloak/dpop`. */
export interface Prover {
  /** @param accessToken that the request carries, if it does */
  proof(method: string, url: string, accessToken?: string): Promise<string>;
}

/** Where a login is kept while the browser is away. `sessionStorage` is one. */
export interface Keep {
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, value: string): void | Promise<void>;
  removeItem(key: string): void | Promise<void>;
}

/** How often, and for how long at a time, a request that is told "later" waits and is sent again. */
export interface Retry {
  /** After the first request. */
  times: number;
  /** What would take longer is answered as it is: `try_later`. */
  maxSeconds: number;
}

export interface Settings {
  /** Keycloak's address, such as `https://keycloak.example`. HTTPS, unless it is on this machine. */
  url: string;
  realm: string;
  /** A public client. Confidential ones use `social-exchange-keycloak/oauth4webapi`. */
  clientId: string;
  /** Where a browser comes back to; in a browser, `${location.origin}/`. Where there is none, no link is asked for. */
  redirectUri?: string;
  /** `openid`, unless told otherwise. */
  scope?: string;
  /** The realm's, if it is not made of `url` and `realm`. */
  issuer?: string;
  /** Without it, nothing is sent twice. */
  retry?: Retry;
  /** How long to wait for an answer, in seconds; 30. */
  timeout?: number;
  /** Binds all tokens to a key. */
  dpop?: Prover;
  /** `sessionStorage`, unless told otherwise. */
  storage?: Keep;
  /** Shows a page of the realm's to the person where this is no web page: in a Custom Tab, say. */
  open?: (link: string) => unknown;
  fetch?: typeof fetch;
}

export interface ExchangeOptions {
  scope?: string;
  acr_values?: string;
  /** Narrows the tokens to these clients. */
  audience?: string | readonly string[];
  requested_token_type?: typeof ACCESS_TOKEN | typeof ID_TOKEN | typeof REFRESH_TOKEN;
  /** Of another library's login, or `false` for none. */
  interaction?: Interaction | false;
  signal?: AbortSignal;
}

export interface LoginOptions {
  /** Straight to this identity provider, by its alias. */
  provider?: string;
  /** The person has to have signed in within so many seconds: after `login_too_old`. */
  maxAge?: number;
}
