// Who is signed in: the browser has a random key in a cookie, and the tokens stay here. An app of several servers keeps them in its database.

import type { Tokens } from 'social-exchange-keycloak';

const sessions = new Map<string, Pick<Tokens, 'access_token' | 'refresh_token'>>();

/** What a browser has to come back with, if the person is needed. */
interface Pending {
  state: string;
  verifier: string;
}

const pending = new Map<string, Pending>();

export function begin(tokens: Pick<Tokens, 'access_token' | 'refresh_token'>): Headers {
  const key = crypto.randomUUID();
  sessions.set(key, tokens);
  return cookie('session', key, 'Max-Age=36000');
}

export function wait(login: Pending): Headers {
  const key = crypto.randomUUID();
  pending.set(key, login);
  return cookie('pending', key, 'Max-Age=900');
}

/** Once. */
export function awaited(request: Request): Pending | undefined {
  const key = cookies(request).get('pending') ?? '';
  const login = pending.get(key);
  pending.delete(key);
  return login;
}

export function session(request: Request): Pick<Tokens, 'access_token' | 'refresh_token'> | undefined {
  return sessions.get(cookies(request).get('session') ?? '');
}

/** `Lax`, and not `Strict`: the browser comes back from Keycloak's page. `__Host-` is for this host alone. */
function cookie(name: string, value: string, life: string): Headers {
  return new Headers({ 'Set-Cookie': `__Host-${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; ${life}` });
}

function cookies(request: Request): Map<string, string> {
  const pairs = (request.headers.get('Cookie') ?? '').split('; ').map((pair) => pair.split('=', 2));
  return new Map(pairs.map(([name = '', value = '']) => [name.replace(/^__Host-/, ''), value]));
}
