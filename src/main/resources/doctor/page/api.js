// The doctor's admin API. Every answer is data; what is refused says which role is missing.

import { spoken } from './words.js';

export const LOOK = 'view-identity-providers';
export const MANAGE = 'manage-identity-providers';
export const PEOPLE = 'view-users';

/** kind: `forbidden` (role says which is missing), `over`, `missing`, `unreachable` or `failed`. */
export class Refused extends Error {
  constructor(kind, { status, role, said } = {}) {
    super(kind);
    Object.assign(this, { kind, status, role, said });
  }
}

export class Api {
  constructor(session, place) {
    this.session = session;
    this.base = `${place.admin}/admin/realms/${encodeURIComponent(place.realm)}/social-exchange/`;
  }

  providers() {
    return this.#call('providers', LOOK);
  }

  check(alias) {
    return this.#call(`providers/${encodeURIComponent(alias)}/check`, MANAGE, {});
  }

  /** @param fields the exchange's parameters; empty ones are left out */
  dryRun(alias, fields) {
    return this.#call(`providers/${encodeURIComponent(alias)}/dry-run`, fields.use_code ? MANAGE : LOOK, fields);
  }

  signIn(alias, fields) {
    return this.#call(`providers/${encodeURIComponent(alias)}/sign-in`, MANAGE, fields);
  }

  async #call(path, role, fields) {
    const answer = await this.#send(path, fields);
    if (answer.ok) return answer.json();
    if (answer.status === 401) throw new Refused('over');
    if (answer.status === 403) throw new Refused('forbidden', { role });
    if (answer.status === 404) throw new Refused('missing');
    throw new Refused('failed', { status: answer.status, said: await said(answer) });
  }

  async #send(path, fields) {
    const token = await this.session.token().catch(() => {
      throw new Refused('over');
    });
    const request = {
      headers: { Authorization: `Bearer ${token}`, Accept: 'application/json', 'Accept-Language': spoken() },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    };
    if (fields) {
      request.method = 'POST';
      request.body = new URLSearchParams(Object.entries(fields).filter(([, value]) => value));
    }
    return fetch(this.base + path, request).catch(() => {
      throw new Refused('unreachable');
    });
  }
}

async function said(answer) {
  const body = await answer.json().catch(() => ({}));
  return body.errorMessage ?? body.error_description ?? body.error ?? '';
}
