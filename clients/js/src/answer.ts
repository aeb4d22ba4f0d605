import type { LinkedAccount, Tokens } from './contract.js';
import type { Login } from './login.js';
import { type Reason, REASONS, type Reasons } from './reasons.js';

type With<Error extends string> = { [R in Reason]: Reasons[R]['error'] extends Error ? R : never }[Reason];

/** Why the realm wants to see the person. */
export type PersonReason = With<'interaction_required'>;
/** Why it is to be tried again. */
export type LaterReason = With<'temporarily_unavailable'>;
export type RefusedReason = Exclude<Reason, PersonReason | LaterReason>;

export interface Granted {
  kind: 'tokens';
  tokens: Tokens;
}

/** A server that is newer than this package may have reasons that it does not know: go by `kind` and `error` then. */
interface Reasoned<Known> {
  /** The stable word to program against. `null` if the answer has none, or one that this version does not know. */
  reason: Known | null;
  /** That one. */
  unknown_reason?: string;
  /** For developers; may change. */
  description: string;
}

/** The token was good; the realm has something to ask. Give this to `continueInBrowser`. */
export interface PersonNeeded extends Reasoned<PersonReason> {
  kind: 'person_needed';
  /** The provider's alias. */
  provider: string;
  /** Where a browser goes on; without one, the way on is the realm's login page. */
  link?: string | undefined;
  /** The link's life in seconds. */
  expires_in?: number | undefined;
  /** What the browser's answer has to fit; absent if the caller gave an `interaction` of its own. */
  login?: Login;
}

/** No. Keycloak's own refusals have no reason. */
export type Refused =
  | { [R in RefusedReason]: { kind: 'refused'; reason: R; description: string } & Reasons[R] }[RefusedReason]
  | (Reasoned<null> & { kind: 'refused'; error: string; status: number });

/** Nothing is wrong with what was sent: send it again later, and not before so many seconds. */
export interface TryLater extends Reasoned<LaterReason> {
  kind: 'try_later';
  seconds: number;
}

/**
 * No answer, or none of the realm's. Nobody can tell whether the login was done: ask the provider for a fresh token, and send that. After
 * a refresh, the person is still signed in.
 */
export interface Lost {
  kind: 'lost';
  /** Of the answer, if there was one. */
  status?: number;
  cause?: unknown;
}

export type Failure = Refused | TryLater | Lost;

/** As the realm says it; whose exchange it was, its caller knows. */
export type Needed = Omit<PersonNeeded, 'provider' | 'login'>;

/** The person changed their mind in the browser: no tokens, no link, no harm. */
export interface TurnedBack {
  kind: 'turned_back';
}

/** What an exchange comes to. */
export type Exchanged = Granted | PersonNeeded | Failure;
/** What coming back from a browser comes to. */
export type Resumed = Granted | TurnedBack | Failure;
export type Refreshed = Granted | Failure;
export type Answer = Exchanged | Resumed;
export type Linked = { kind: 'linked'; alias: string; link_created: boolean } | Failure;
export type Unlinked = { kind: 'unlinked' } | Failure;
export type Links = { kind: 'links'; links: LinkedAccount[] } | Failure;

/** What `providers()` and `nonce()` throw: there is nothing that a person could do about it. */
export class RealmError extends Error {
  override readonly name = 'RealmError';

  constructor(readonly failure: Failure) {
    super(failure.kind === 'lost' ? 'The realm gave no usable answer' : failure.description, { cause: failure });
  }
}

/** Seconds, where an answer that says "later" does not say when. */
const LATER = 10;

export function refused(error: string, description = '', status = 0): Refused {
  return { kind: 'refused', reason: null, error, status, description };
}

/**
 * What a status that is not 2xx means (docs/exchange.md).
 *
 * @param body the answer's JSON, if it is any
 */
export function failureOf(status: number, headers: Headers, body: any): Failure | Needed {
  // The account API has an errorMessage.
  const { error, errorMessage = '', error_description: description = errorMessage, error_reason: said, ...further } = body ?? {};
  const reason = REASONS.has(said) ? { reason: said, description } : { reason: null, ...(said && { unknown_reason: said }), description };
  if (status === 429 || (status === 503 && said)) {
    const seconds = Number(headers.get('Retry-After'));
    return { kind: 'try_later', ...reason, seconds: seconds > 0 ? seconds : LATER };
  }
  // Keycloak's own, while its database is down: "Working with it from a front end".
  if (status >= 500 || (!said && error === 'unauthorized_client' && description.startsWith('Unexpected error'))) {
    return { kind: 'lost', status };
  }
  return error === 'interaction_required' && said
    ? { kind: 'person_needed', ...reason, link: further.interaction_uri, expires_in: further.interaction_expires_in }
    : { kind: 'refused', ...reason, error: error ?? `http_${status}`, status };
}

/** @param bound whether the tokens have to be bound to a key; what is not then is thrown away (RFC 9449 §5) */
export function tokensOf({ status, body }: { status: number; body: any }, bound: boolean): Granted | Lost | Refused {
  if (typeof body?.access_token !== 'string' || typeof body.token_type !== 'string') {
    return { kind: 'lost', status };
  }
  return bound && body.token_type !== 'DPoP'
    ? refused('token_not_bound', 'The tokens are not bound to the key', status)
    : { kind: 'tokens', tokens: body };
}
