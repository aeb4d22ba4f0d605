import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { ACCESS_TOKEN, RealmClient } from 'social-exchange-keycloak';
import { dpop } from 'social-exchange-keycloak/dpop';
import { Realm, refusal, TOKENS } from './support/realm.js';

const SUBJECT = { subject_issuer: 'acme', subject_token: 't', subject_token_type: ACCESS_TOKEN };
const BOUND = { ...TOKENS, token_type: 'DPoP' };

let realm;

before(async () => {
  realm = await Realm.start();
});
after(() => realm.close());

async function client(further = {}) {
  return new RealmClient({ url: realm.url, realm: 'social', clientId: 'demo-spa', dpop: await dpop(), ...further });
}

/** Verified by the key that is in it. */
async function opened(proof) {
  const [header, claims, signature] = proof.split('.');
  const { jwk, ...type } = JSON.parse(Buffer.from(header, 'base64url'));
  assert.deepEqual(type, { typ: 'dpop+jwt', alg: 'ES256' });
  assert.deepEqual(Object.keys(jwk).sort(), ['crv', 'kty', 'x', 'y'], 'the public half alone');
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  const signed = new TextEncoder().encode(`${header}.${claims}`);
  assert.ok(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(signature, 'base64url'), signed));
  return { jwk, claims: JSON.parse(Buffer.from(claims, 'base64url')) };
}

test('exchange, refresh and code prove the same key, each with a proof of its own', async () => {
  const bound = await client({ redirectUri: 'https://app.example/' });
  realm.tokens({ body: BOUND });

  await bound.exchange(SUBJECT);
  const first = await opened(realm.last.headers.dpop);
  await bound.refresh(BOUND);
  const second = await opened(realm.last.headers.dpop);

  assert.equal(first.claims.htm, 'POST');
  assert.equal(first.claims.htu, `${realm.issuer}/protocol/openid-connect/token`);
  assert.ok(Math.abs(first.claims.iat - Date.now() / 1000) < 5);
  assert.equal(first.claims.ath, undefined);
  assert.deepEqual(first.jwk, second.jwk);
  assert.notEqual(first.claims.jti, second.claims.jti);
});

test('a request with the token has its hash, and an address without query', async () => {
  const bound = await client();
  realm.answers('account/linked-accounts', { body: [] });

  await bound.links(BOUND);

  assert.equal(realm.last.headers.authorization, 'DPoP access');
  const { claims } = await opened(realm.last.headers.dpop);
  assert.equal(claims.htm, 'GET');
  assert.equal(claims.htu, `${realm.issuer}/account/linked-accounts`);
  assert.equal(claims.ath, createHash('sha256').update('access').digest('base64url'));
});

test('a request of one’s own has the same headers', async () => {
  const bound = await client();

  const headers = await bound.headers(BOUND, 'GET', 'https://api.example/me?full=true');

  assert.equal(headers.Authorization, 'DPoP access');
  assert.equal((await opened(headers.DPoP)).claims.htu, 'https://api.example/me');
  assert.deepEqual(await bound.headers(TOKENS, 'GET', 'https://api.example/me'), { Authorization: 'Bearer access' });
});

test('a logout revokes what is bound: Keycloak logs nobody out by it', async () => {
  realm.answers('protocol/openid-connect/revoke', { body: '' });

  assert.deepEqual(await (await client()).logout(BOUND), { kind: 'logged_out' });
  assert.deepEqual(Object.fromEntries(realm.last.form), { client_id: 'demo-spa', token: 'refresh' });
});

test('tokens that are not bound are thrown away', async () => {
  realm.tokens({ body: TOKENS });

  const answer = await (await client()).exchange(SUBJECT);

  assert.equal(answer.kind, 'refused');
  assert.equal(answer.error, 'token_not_bound');
  assert.equal(JSON.stringify(answer).includes('access'), false);
});

test('a request that is sent again has a new proof', async () => {
  realm.requests = [];
  realm.tokens(refusal(503, 'temporarily_unavailable', 'server_busy', { headers: { 'Retry-After': '1' } }), { body: BOUND });

  await (await client({ retry: { times: 1, maxSeconds: 2 } })).exchange(SUBJECT);

  const [first, second] = await Promise.all(realm.requests.map(({ headers }) => opened(headers.dpop)));
  assert.notEqual(first.claims.jti, second.claims.jti);
});

test('the private key cannot be read out, and keys that were kept are used again', async () => {
  const { keys, proof } = await dpop();
  await assert.rejects(crypto.subtle.exportKey('jwk', keys.privateKey));

  const again = await dpop(structuredClone(keys));

  assert.deepEqual((await opened(await again.proof('GET', realm.url))).jwk, (await opened(await proof('GET', realm.url))).jwk);
});
