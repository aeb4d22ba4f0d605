import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ACCESS_TOKEN, RealmClient } from 'social-exchange-keycloak';
import { continueInBrowser, exchange, openSession } from 'social-exchange-keycloak/keycloak-js';
import { Realm, refusal, TOKENS } from './support/realm.js';

const SUBJECT = { subject_issuer: 'acme', subject_token: 't', subject_token_type: ACCESS_TOKEN };

let realm;
let client;

before(async () => {
  realm = await Realm.start();
  client = new RealmClient({ url: realm.url, realm: 'social', clientId: 'demo-spa', redirectUri: 'https://app.example/own' });
});
after(() => realm.close());

/** What the adapter uses of keycloak-js; with the real one, it is in the project's demo. */
function keycloak(login) {
  const calls = [];
  return { calls, createLoginUrl: async () => `https://id.example/auth?${new URLSearchParams(login)}`, login: async (options) => calls.push(options) };
}

const BEGUN = { redirect_uri: 'https://app.example/', state: 's', nonce: 'n', code_challenge: 'c' };

test('an exchange takes along what keycloak-js has begun, and not a login of its own', async () => {
  realm.tokens(refusal(400, 'interaction_required', 'consent'));
  const waiting = keycloak(BEGUN);

  const answer = await exchange(client, waiting, SUBJECT);

  assert.deepEqual(
    ['redirect_uri', 'state', 'nonce', 'code_challenge'].map((name) => realm.last.form.get(`interaction_${name}`)),
    ['https://app.example/', 's', 'n', 'c'],
  );
  assert.equal(answer.login, undefined);
  await continueInBrowser(waiting, answer);
  assert.deepEqual(waiting.calls, [{ idpHint: 'acme' }]);
});

test('without PKCE no link is asked for: whoever saw the code could use it', async () => {
  realm.tokens({ body: TOKENS });

  await exchange(client, keycloak({ ...BEGUN, code_challenge: '' }), SUBJECT);

  assert.deepEqual([...realm.last.form.keys()].filter((name) => name.startsWith('interaction')), []);
});

test('keycloak-js gets the tokens that there are', async () => {
  globalThis.location = { origin: 'https://app.example' };
  const given = [];
  const { refresh_token, ...transient } = TOKENS;

  await openSession({ init: async (options) => given.push(options) }, transient);
  await openSession({ init: async (options) => given.push(options) });

  assert.equal(given[0].token, 'access');
  assert.equal('refreshToken' in given[0], false);
  assert.equal('token' in given[1], false);
  assert.equal(given[1].redirectUri, 'https://app.example/');
  delete globalThis.location;
});
