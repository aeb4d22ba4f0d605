// A realm that answers as it is told to, over HTTP, and remembers what it was asked.

import { createServer } from 'node:http';

/**
 * @typedef {{ status?: number, headers?: Record<string, string>, body?: unknown, delay?: number }} Answer
 */
export class Realm {
  /** @type {{ method: string, path: string, headers: import('node:http').IncomingHttpHeaders, query: URLSearchParams, form: URLSearchParams }[]} */
  requests = [];
  #answers = new Map();
  #server = createServer((request, response) => this.#answer(request, response));

  static async start() {
    const realm = new Realm();
    await new Promise((resolve) => realm.#server.listen(0, '127.0.0.1', resolve));
    return realm;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  get issuer() {
    return `${this.url}/realms/social`;
  }

  /** One answer after the other; the last one stays. */
  answers(path, ...answers) {
    this.#answers.set(path, answers);
    return this;
  }

  tokens(...answers) {
    return this.answers('protocol/openid-connect/token', ...answers);
  }

  get last() {
    return this.requests.at(-1);
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    const path = pathname.replace('/realms/social/', '');
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization, DPoP');
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    if (request.method === 'OPTIONS' || pathname === '/favicon.ico') { // the browser's own questions
      response.writeHead(204).end();
      return;
    }
    this.requests.push({ method: request.method, path, headers: request.headers, query: searchParams, form: new URLSearchParams(text) });
    const answers = this.#answers.get(path) ?? [{ status: 404, body: { error: 'not_found' } }];
    const { status = 200, headers = {}, body, delay = 0 } = answers.length > 1 ? answers.shift() : answers[0];
    setTimeout(() => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    }, delay);
  }
}

export const TOKENS = {
  access_token: 'access',
  token_type: 'Bearer',
  expires_in: 300,
  refresh_token: 'refresh',
  refresh_expires_in: 1800,
  user_created: true,
};

/** @returns {Answer} as src/main/java/…/door/Refusal.java writes it */
export function refusal(status, error, error_reason, further = {}) {
  const { headers, ...body } = further;
  return { status, headers, body: { error, error_description: 'Because', error_reason, ...body } };
}

/** What a browser or an app keeps between two pages. */
export function storage() {
  const kept = new Map();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}
