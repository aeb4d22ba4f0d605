// The words of the contract, docs/exchange.md and docs/resource.md, as they go over the wire.

/** The `grant_type` of an exchange (RFC 8693). */
export const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token';
export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
export const REFRESH_TOKEN = 'urn:ietf:params:oauth:token-type:refresh_token';
export const JWT = 'urn:ietf:params:oauth:token-type:jwt';
/** An authorization code of the provider, which Keycloak redeems. */
export const CODE = 'urn:keycloak:social-exchange:token-type:authorization_code';
/** What a provider has signed for the app: Telegram's widget, or its `initData`. */
export const SIGNED_DATA = 'urn:keycloak:social-exchange:token-type:signed_data';

export type SubjectTokenType =
  | typeof ID_TOKEN
  | typeof ACCESS_TOKEN
  | typeof JWT
  | typeof CODE
  | typeof SIGNED_DATA;

/** An identity provider that is open for this client. */
export interface Provider {
  /** The `subject_issuer` of an exchange. */
  alias: string;
  type: string;
  display_name: string;
  /** The app's at the provider, for its SDK. */
  client_id: string;
  subject_token_types: SubjectTokenType[];
  /** Whether an exchange wants a nonce; with `issued`, one of {@link Nonce} and no other. */
  nonce: 'optional' | 'if-sent' | 'required' | 'issued';
  /** It signs nobody in; offer it where accounts are linked. */
  link_only: boolean;
}

/** Good for one exchange of this client. */
export interface Nonce {
  /** For the exchange, and for SDKs that hash a nonce themselves. Keep it in the front end. */
  nonce: string;
  /** For the provider's SDK, which puts it into the id_token: the SHA-256 of `nonce`. */
  provider_nonce: string;
  /** In seconds. */
  expires_in: number;
}

interface OfProvider<Type extends SubjectTokenType> {
  /** The provider's alias in the realm. */
  subject_issuer: string;
  /** What the provider gave the front end. */
  subject_token: string;
  subject_token_type: Type;
}

/** What has to go with a code. */
interface OfCode {
  /** That the code was issued for; `postmessage` for Google's popup. */
  redirect_uri?: string;
  /** Of the provider's code. */
  code_verifier?: string;
  /** Of VK. */
  device_id?: string;
  /** Of Naver. */
  state?: string;
}

interface OfIdToken extends OfProvider<typeof ID_TOKEN | typeof JWT> {
  /** The raw one, of which the token has the SHA-256 (or, with some SDKs, the nonce itself). */
  nonce?: string;
  /** Apple's JSON of a person's first login. */
  user?: string;
}

type None<Parameters> = { [Name in keyof Parameters]?: never };

export type IdTokenAlone = OfIdToken &
  None<OfCode & { code: string }> & {
    /** That came together with the id_token; it opens the profile. */
    access_token?: string;
  };

export type IdTokenWithCode = OfIdToken &
  OfCode &
  None<{ access_token: string }> & {
    /** That came together with the id_token: redeemed in the same exchange, it brings an access token of its own. Good for one request. */
    code: string;
  };

export type IdTokenSubject = IdTokenAlone | IdTokenWithCode;

export interface CodeSubject extends OfProvider<typeof CODE>, OfCode {
  nonce?: string;
  /** Apple's JSON of a person's first login. */
  user?: string;
}

export type AccessTokenSubject = OfProvider<typeof ACCESS_TOKEN>;
export type SignedDataSubject = OfProvider<typeof SIGNED_DATA>;

/** What a provider gave the front end, and what belongs to that kind of token. */
export type Subject = IdTokenSubject | AccessTokenSubject | CodeSubject | SignedDataSubject;

/** The realm's own, as its token endpoint answers. */
export interface Tokens {
  access_token: string;
  token_type: 'Bearer' | 'DPoP';
  /** In seconds. */
  expires_in: number;
  /** Absent where the client has none, and for `requested_token_type` access token. */
  refresh_token?: string;
  /** In seconds; 0 for a token without an end of its own. */
  refresh_expires_in?: number;
  /** With the scope `openid`. */
  id_token?: string;
  scope?: string;
  session_state?: string;
  /** Of an exchange: what stands in `access_token`. */
  issued_token_type?: string;
  /** Of an exchange: whether it created the user. */
  user_created?: boolean;
}

/** An account that somebody has linked, or may link, in the words of Keycloak's account API. */
export interface LinkedAccount {
  connected: boolean;
  providerAlias: string;
  providerName: string;
  displayName: string;
  linkedUsername?: string;
  social: boolean;
}
