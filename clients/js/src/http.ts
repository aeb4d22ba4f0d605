import { type Failure, failureOf, type Needed, type TryLater } from './answer.js';
import type { Tokens } from './contract.js';
import type { Settings } from './settings.js';

export type Form = Record<string, string | readonly string[] | undefined>;

export interface Call {
  method?: string;
  form?: Form;
  /** What authorizes the call. */
  tokens?: Tokens;
  signal?: AbortSignal | undefined;
  /** The reasons after which the same may be sent again; without it, all. */
  again?: readonly string[] | undefined;
}

/** A status of 2xx. */
export interface Answered {
  kind: 'answered';
  status: number;
  /** The JSON; `undefined` if the answer was empty. */
  body: any;
}

export type Outcome = Answered | Failure | Needed;

/** For a request that these tokens authorize: `Authorization`, and `DPoP` if they are bound to a key. */
export async function authorized(
  { dpop }: Settings,
  { token_type, access_token }: Tokens,
  method: string,
  url: string,
): Promise<Record<string, string>> {
  return {
    Authorization: `${token_type} ${access_token}`,
    ...(token_type === 'DPoP' && dpop && { DPoP: await dpop.proof(method, url, access_token) }),
  };
}

export async function send(settings: Settings, url: string, call: Call): Promise<Outcome> {
  const { times = 0, maxSeconds = 0 } = settings.retry ?? {};
  for (let sent = 0; ; sent++) {
    const answer = await sendOnce(settings, url, call);
    if (answer.kind !== 'try_later' || sent >= times || answer.seconds > maxSeconds || call.again?.includes(answer.reason ?? '') === false) {
      return answer;
    }
    await pause(answer, call.signal);
  }
}

async function sendOnce(settings: Settings, url: string, { form, method = form ? 'POST' : 'GET', tokens, signal }: Call): Promise<Outcome> {
  const { dpop, timeout = 30, fetch: send = fetch } = settings;
  const headers = {
    Accept: 'application/json',
    ...(tokens ? await authorized(settings, tokens, method, url) : form && dpop && { DPoP: await dpop.proof(method, url) }),
  };
  // Not everything that has fetch() has AbortSignal.any().
  const stop = new AbortController();
  const giveUp = () => stop.abort(signal?.reason);
  const timer = setTimeout(() => stop.abort(), timeout * 1000);
  signal?.aborted ? giveUp() : signal?.addEventListener('abort', giveUp);
  try {
    return await read(
      await send(url, {
        method,
        headers,
        ...(form && { body: parameters(form) }),
        cache: 'no-store',
        credentials: 'omit', // the realm's cookies have no part in this
        redirect: 'error',
        signal: stop.signal,
      }),
    );
  } catch (cause) {
    if (signal?.aborted) {
      throw cause;
    }
    return { kind: 'lost', cause };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

/** @throws what reading it throws */
export async function read(response: Response): Promise<Outcome> {
  const { status, headers } = response;
  const text = await response.text();
  let body: unknown;
  try {
    body = text ? JSON.parse(text) : undefined;
  } catch (cause) {
    return response.ok ? { kind: 'lost', status, cause } : failureOf(status, headers, {});
  }
  return response.ok ? { kind: 'answered', status, body } : failureOf(status, headers, body);
}

/** A parameter may have several values, or none. */
export function parameters(form: Form): URLSearchParams {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    for (const one of [value ?? []].flat()) {
      all.append(name, one);
    }
  }
  return all;
}

function pause({ seconds }: TryLater, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, seconds * 1000);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
