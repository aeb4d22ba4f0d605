import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { buildSync } from 'esbuild';
import * as oauth from 'oauth4webapi';
import { CODE, ID_TOKEN } from 'social-exchange-keycloak';
import { exchange } from 'social-exchange-keycloak/oauth4webapi';
import { Realm, refusal, TOKENS } from './support/realm.js';

const SUBJECT = { subject_issuer: 'google', subject_token: 'e.y.J', subject_token_type: ID_TOKEN };
const client = { client_id: 'app' };
const secret = oauth.ClientSecretBasic('s');
const request = { [oauth.allowInsecureRequests]: true };

const APP = 'https://app.example';

let realm;
let as;
let folder;
let signIn;
let callback;

before(async () => {
  realm = await Realm.start();
  as = { issuer: realm.issuer, token_endpoint: `${realm.issuer}/protocol/openid-connect/token` };
  const target = new URL('../target/', import.meta.url).pathname;
  mkdirSync(target, { recursive: true });
  folder = mkdtempSync(join(target, 'next-'));
  buildSync({
    entryPoints: ['sign-in', 'callback'].map((name) => new URL(`../examples/next/app/api/${name}/route.ts`, import.meta.url).pathname),
    bundle: true,
    splitting: true, // one store of sessions
    format: 'esm',
    platform: 'node',
    external: ['oauth4webapi', 'social-exchange-keycloak'],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
  });
  Object.assign(process.env, { REALM: realm.issuer, CLIENT_ID: 'app', CLIENT_SECRET: 's', APP_URL: APP });
  ({ POST: signIn } = await import(join(folder, 'sign-in/route.mjs')));
  ({ GET: callback } = await import(join(folder, 'callback/route.mjs')));
});
after(async () => {
  await realm.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  realm.requests = [];
});

test('a confidential client authenticates, and sends what a public one sends', async () => {
  realm.tokens({ body: TOKENS });

  const answer = await exchange(as, client, secret, SUBJECT, { audience: ['a', 'b'], request });

  assert.deepEqual(answer, { kind: 'tokens', tokens: TOKENS });
  assert.equal(realm.last.headers.authorization, `Basic ${Buffer.from('app:s').toString('base64')}`);
  assert.deepEqual(realm.last.form.getAll('audience'), ['a', 'b']);
  assert.equal(realm.last.form.get('grant_type'), 'urn:ietf:params:oauth:grant-type:token-exchange');
  assert.equal(realm.last.form.get('subject_token'), 'e.y.J');
  assert.equal(realm.last.form.get('scope'), 'openid');
});

test('a server is told the same as a page', async () => {
  realm.tokens(refusal(400, 'interaction_required', 'consent', { interaction_uri: 'https://id.example/i' }));
  const interaction = { redirect_uri: 'https://app.example/c', state: 's', code_challenge: 'c' };

  const answer = await exchange(as, client, secret, SUBJECT, { interaction, request });

  assert.equal(answer.kind, 'person_needed');
  assert.equal(answer.provider, 'google');
  assert.equal(realm.last.form.get('interaction_code_challenge'), 'c');
  realm.tokens(refusal(400, 'invalid_request', 'token_expired'));
  assert.equal((await exchange(as, client, secret, SUBJECT, { request })).reason, 'token_expired');
  realm.tokens({ status: 500, body: 'oops' });
  assert.equal((await exchange(as, client, secret, SUBJECT, { request })).kind, 'lost');
});

test('no connection is no answer; a mistake of the caller’s is thrown', async () => {
  const nobody = { issuer: 'http://127.0.0.1:9', token_endpoint: 'http://127.0.0.1:9/token' };
  assert.equal((await exchange(nobody, client, secret, SUBJECT, { request })).kind, 'lost');

  await assert.rejects(exchange(as, client, secret, SUBJECT), 'plain HTTP has to be asked for');
  await assert.rejects(exchange(as, {}, secret, SUBJECT, { request }), TypeError);
  await assert.rejects(exchange(as, client, secret, SUBJECT, { request: { ...request, signal: AbortSignal.abort() } }), { name: 'AbortError' });
});

test('tokens that are not bound to the server’s key are thrown away', async () => {
  realm.tokens({ body: TOKENS });
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));

  const answer = await exchange(as, client, secret, SUBJECT, { request: { ...request, DPoP } });

  assert.ok(realm.last.headers.dpop);
  assert.equal(answer.error, 'token_not_bound');
});

// The example in examples/next, as Next.js calls it.

function posted(subject, origin = APP) {
  return new Request(`${APP}/api/sign-in`, { method: 'POST', headers: { Origin: origin }, body: JSON.stringify(subject) });
}

/** @param cookie as it was set */
function arriving(parameters, cookie = '') {
  return new Request(`${APP}/api/callback?${new URLSearchParams(parameters)}`, { headers: { Cookie: cookie.split(';')[0] } });
}

test('the example signs in, and the browser gets a cookie and no token', async () => {
  realm.tokens({ body: TOKENS });

  const response = await signIn(posted(SUBJECT));

  assert.deepEqual(await response.json(), { kind: 'signed_in' });
  assert.match(response.headers.get('Set-Cookie'), /^__Host-session=[\w-]{36}; Path=\/; Secure; HttpOnly; SameSite=Lax/);
});

test('the example lets no other site sign anybody in', async () => {
  for (const origin of ['https://evil.example', 'null']) {
    assert.equal((await signIn(posted(SUBJECT, origin))).status, 403);
  }
  assert.equal(realm.requests.length, 0);
});

test('the example goes on in the browser, and redeems the code once, for the browser that has begun', async () => {
  realm.tokens(refusal(400, 'interaction_required', 'account_exists', { interaction_uri: 'https://id.example/i' }));
  const response = await signIn(posted({ ...SUBJECT, subject_token_type: CODE }));
  assert.deepEqual(await response.json(), { kind: 'person_needed', link: 'https://id.example/i' });
  const cookie = response.headers.get('Set-Cookie');
  const state = realm.last.form.get('interaction_state');
  realm.requests = [];
  const { user_created, ...tokens } = TOKENS;
  realm.tokens({ body: tokens });

  const stranger = await callback(arriving({ state, code: 'k', iss: realm.issuer }));
  assert.equal(stranger.headers.get('Location'), `${APP}/?problem=unknown_login`);
  assert.equal(realm.requests.length, 0);

  const arrived = await callback(arriving({ state, code: 'k', iss: realm.issuer }, cookie));
  assert.equal(arrived.headers.get('Location'), APP);
  assert.match(arrived.headers.get('Set-Cookie'), /^__Host-session=/);
  assert.equal(realm.last.form.get('redirect_uri'), `${APP}/api/callback`);

  const again = await callback(arriving({ state, code: 'k', iss: realm.issuer }, cookie));
  assert.equal(again.headers.get('Location'), `${APP}/?problem=unknown_login`);
});

for (const [name, parameters, problem] of [
  ['of another state', { state: 'forged', code: 'k' }, 'refused'],
  ['of another issuer', { code: 'k', iss: 'https://evil.example' }, 'refused'],
  ['of somebody who turned back', { error: 'access_denied' }, 'turned_back'],
]) {
  test(`the example begins no session for an answer ${name}`, async () => {
    realm.tokens(refusal(400, 'interaction_required', 'account_exists', { interaction_uri: 'https://id.example/i' }));
    const response = await signIn(posted(SUBJECT));
    const state = realm.last.form.get('interaction_state');
    realm.requests = [];

    const arrived = await callback(arriving({ state, iss: realm.issuer, ...parameters }, response.headers.get('Set-Cookie')));

    assert.equal(arrived.headers.get('Location'), `${APP}/?problem=${problem}`);
    assert.equal(arrived.headers.get('Set-Cookie'), null);
    assert.equal(realm.requests.length, 0);
  });
}
