import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCESS_TOKEN, CODE, ID_TOKEN, nonceOf, RealmClient, RealmError } from 'social-exchange-keycloak';
import { Realm, refusal, TOKENS } from './support/realm.js';

const SUBJECT = { subject_issuer: 'google', subject_token: 'e.y.J', subject_token_type: ID_TOKEN, nonce: 'n' };
const CODE_SUBJECT = { subject_issuer: 'google', subject_token: 'c', subject_token_type: CODE };
const WITH_CODE = { subject_issuer: 'apple', subject_token: 'e.y.J', subject_token_type: ID_TOKEN, code: 'c', redirect_uri: '' };

let realm;

before(async () => {
  realm = await Realm.start();
});
after(() => realm.close());
beforeEach(() => {
  realm.requests = [];
});

function client(further = {}) {
  return new RealmClient({ url: realm.url, realm: 'social', clientId: 'demo-spa', ...further });
}

test('an exchange sends the subject, the client and the scope, and answers with the tokens', async () => {
  realm.tokens({ body: TOKENS });

  const answer = await client().exchange(SUBJECT);

  assert.deepEqual(answer, { kind: 'tokens', tokens: TOKENS });
  assert.equal(realm.last.headers['content-type'], 'application/x-www-form-urlencoded;charset=UTF-8');
  assert.deepEqual(Object.fromEntries(realm.last.form), {
    client_id: 'demo-spa',
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    scope: 'openid',
    subject_issuer: 'google',
    subject_token: 'e.y.J',
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    nonce: 'n',
  });
});

test('the code that came with an id_token goes along, with all that belongs to it', async () => {
  realm.tokens({ body: TOKENS });

  await client().exchange({ ...WITH_CODE, code_verifier: 'v', nonce: 'n', user: '{}' });

  const { client_id, grant_type, scope, ...sent } = Object.fromEntries(realm.last.form);
  assert.deepEqual(sent, {
    subject_issuer: 'apple',
    subject_token: 'e.y.J',
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    code: 'c',
    redirect_uri: '',
    code_verifier: 'v',
    nonce: 'n',
    user: '{}',
  });
});

test('options go along, a parameter of several values several times', async () => {
  realm.tokens({ body: TOKENS });

  await client({ scope: 'openid email' }).exchange(SUBJECT, { audience: ['a', 'b'], acr_values: 'gold', requested_token_type: ACCESS_TOKEN });

  assert.deepEqual(realm.last.form.getAll('audience'), ['a', 'b']);
  assert.equal(realm.last.form.get('scope'), 'openid email');
  assert.equal(realm.last.form.get('acr_values'), 'gold');
  assert.equal(realm.last.form.get('requested_token_type'), ACCESS_TOKEN);
});

test('the subject cannot be overridden by options that stand beside it', async () => {
  realm.tokens({ body: TOKENS });

  await client().exchange(SUBJECT, { subject_token: 'another', grant_type: 'password' });

  assert.deepEqual(realm.last.form.getAll('subject_token'), ['e.y.J']);
  assert.deepEqual(realm.last.form.getAll('grant_type'), ['urn:ietf:params:oauth:grant-type:token-exchange']);
});

test('with a redirect URI an exchange asks for a link, with fresh state and S256 challenge each time', async () => {
  realm.tokens({ body: TOKENS });
  const asking = client({ redirectUri: 'https://app.example/' });

  await asking.exchange(SUBJECT);
  const first = realm.last.form;
  await asking.exchange(SUBJECT);
  const second = realm.last.form;

  assert.equal(first.get('interaction_redirect_uri'), 'https://app.example/');
  assert.match(first.get('interaction_code_challenge'), /^[\w-]{43}$/);
  assert.match(first.get('interaction_state'), /^[\w-]{43}$/);
  assert.notEqual(first.get('interaction_state'), second.get('interaction_state'));
  assert.notEqual(first.get('interaction_code_challenge'), second.get('interaction_code_challenge'));
});

test('another library’s login is sent as it is, and none at all if told so', async () => {
  realm.tokens({ body: TOKENS });
  const asking = client({ redirectUri: 'https://app.example/' });

  await asking.exchange(SUBJECT, { interaction: { redirect_uri: 'https://app.example/k', code_challenge: 'c', state: 's', nonce: 'n' } });
  assert.equal(realm.last.form.get('interaction_redirect_uri'), 'https://app.example/k');
  assert.equal(realm.last.form.get('interaction_code_challenge'), 'c');
  assert.equal(realm.last.form.get('interaction_state'), 's');
  assert.equal(realm.last.form.get('interaction_nonce'), 'n');

  await asking.exchange(SUBJECT, { interaction: false });
  assert.deepEqual([...realm.last.form.keys()].filter((name) => name.startsWith('interaction')), []);
});

/** Until the realm has a request; by itself no reason to go on running. */
async function asked() {
  while (realm.requests.length === 0) {
    await sleep(5, undefined, { ref: false });
  }
}

const PERSON = refusal(400, 'interaction_required', 'account_exists', { interaction_uri: 'https://id.example/i', interaction_expires_in: 300 });

for (const [name, answer, expected] of [
  ['a refusal has its reason', refusal(400, 'invalid_request', 'token_expired'),
    { kind: 'refused', reason: 'token_expired', error: 'invalid_request', status: 400, description: 'Because' }],
  ['a reason of a newer server is none that could be mistaken for a known one', refusal(403, 'access_denied', 'moon_not_full'),
    { kind: 'refused', reason: null, unknown_reason: 'moon_not_full', error: 'access_denied', status: 403, description: 'Because' }],
  ['Keycloak’s own refusal has no reason', { status: 401, body: { error: 'invalid_client' } },
    { kind: 'refused', reason: null, error: 'invalid_client', status: 401, description: '' }],
  ['a refusal that is no JSON is told by its status', { status: 404, body: '<html>' },
    { kind: 'refused', reason: null, error: 'http_404', status: 404, description: '' }],
  ['a newer server’s "later" is one all the same', refusal(503, 'temporarily_unavailable', 'moon_not_full', { headers: { 'Retry-After': '7' } }),
    { kind: 'try_later', reason: null, unknown_reason: 'moon_not_full', seconds: 7, description: 'Because' }],
  ['429 says when', refusal(429, 'temporarily_unavailable', 'throttled', { headers: { 'Retry-After': '7' } }),
    { kind: 'try_later', reason: 'throttled', seconds: 7, description: 'Because' }],
  ['503 says when', refusal(503, 'temporarily_unavailable', 'provider_unavailable', { headers: { 'Retry-After': '5' } }),
    { kind: 'try_later', reason: 'provider_unavailable', seconds: 5, description: 'Because' }],
  ['"later" without a time is ten seconds', refusal(503, 'temporarily_unavailable', 'server_busy'),
    { kind: 'try_later', reason: 'server_busy', seconds: 10, description: 'Because' }],
  ['a date in Retry-After is no number of seconds', refusal(503, 'temporarily_unavailable', 'server_busy', { headers: { 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' } }),
    { kind: 'try_later', reason: 'server_busy', seconds: 10, description: 'Because' }],
  ['a proxy’s 429 is "later"', { status: 429, headers: { 'Retry-After': '3' }, body: 'slow down' },
    { kind: 'try_later', reason: null, seconds: 3, description: '' }],
  ['a starting node’s 503 is no answer', { status: 503, body: 'starting' }, { kind: 'lost', status: 503 }],
  ['Keycloak’s 500 is no answer', { status: 500, body: { error: 'unknown_error' } }, { kind: 'lost', status: 500 }],
  ['Keycloak’s 400 without its database is no answer',
    { status: 400, body: { error: 'unauthorized_client', error_description: 'Unexpected error when authenticating client' } },
    { kind: 'lost', status: 400 }],
  ['a client that may not is refused', { status: 400, body: { error: 'unauthorized_client', error_description: 'Client not allowed' } },
    { kind: 'refused', reason: null, error: 'unauthorized_client', status: 400, description: 'Client not allowed' }],
  ['a success without a token is none', { body: { token_type: 'Bearer' } }, { kind: 'lost', status: 200 }],
  ['interaction_required without a reason of ours is Keycloak’s refusal', { status: 400, body: { error: 'interaction_required' } },
    { kind: 'refused', reason: null, error: 'interaction_required', status: 400, description: '' }],
]) {
  test(name, async () => {
    realm.tokens(answer);

    assert.deepEqual(await client().exchange(SUBJECT), expected);
    assert.equal(realm.requests.length, 1, 'nothing is sent twice');
  });
}

test('a success that is no JSON is no answer', async () => {
  realm.tokens({ body: '<html>' });

  const { kind, status } = await client().exchange(SUBJECT);

  assert.deepEqual({ kind, status }, { kind: 'lost', status: 200 });
});

test('a person who is needed comes with link, provider and login', async () => {
  realm.tokens(PERSON);

  const answer = await client({ redirectUri: 'https://app.example/' }).exchange(SUBJECT);

  assert.equal(answer.kind, 'person_needed');
  assert.equal(answer.reason, 'account_exists');
  assert.equal(answer.provider, 'google');
  assert.equal(answer.link, 'https://id.example/i');
  assert.equal(answer.expires_in, 300);
  assert.equal(answer.login.state, realm.last.form.get('interaction_state'));
});

test('no connection is no answer', async () => {
  const answer = await client({ url: 'http://127.0.0.1:9' }).exchange(SUBJECT);

  assert.equal(answer.kind, 'lost');
});

test('an answer that does not come in time is none', async () => {
  realm.tokens({ body: TOKENS, delay: 2000 });

  const answer = await client({ timeout: 0.1 }).exchange(SUBJECT);

  assert.equal(answer.kind, 'lost');
});

test('whoever gives up is told so', async () => {
  realm.tokens({ body: TOKENS, delay: 2000 });
  const giveUp = new AbortController();
  asked().then(() => giveUp.abort());

  await assert.rejects(client().exchange(SUBJECT, { signal: giveUp.signal }), { name: 'AbortError' });
});

test('a redirect is not followed: the token would go to somebody else', async () => {
  realm.tokens({ status: 307, headers: { Location: `${realm.url}/elsewhere` } });

  assert.equal((await client().exchange(SUBJECT)).kind, 'lost');
  assert.equal(realm.requests.length, 1);
});

test('an address that is not HTTPS is refused before anything is sent, but for this machine’s', () => {
  for (const url of ['http://id.example', 'ftp://id.example', 'javascript:alert(1)', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example']) {
    assert.throws(() => client({ url }), TypeError, url);
  }
  for (const url of ['https://id.example', 'http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:8080', 'http://app.localhost']) {
    client({ url });
  }
});

test('buttons and nonce come from their doors', async () => {
  const provider = { alias: 'google', type: 'google', display_name: 'Google', client_id: 'g', subject_token_types: [ID_TOKEN], nonce: 'issued', link_only: false };
  const nonce = { nonce: 'n', provider_nonce: 'p', expires_in: 600 };
  realm.answers('social-exchange/providers', { body: { providers: [provider] } }).answers('social-exchange/nonce', { body: nonce });

  assert.deepEqual(await client().providers('hidden & co'), [provider]);
  assert.deepEqual(Object.fromEntries(realm.last.query), { client_id: 'demo-spa', alias: 'hidden & co' });
  assert.deepEqual(await client().nonce(), nonce);
  assert.deepEqual(Object.fromEntries(realm.last.form), { client_id: 'demo-spa' });
});

test('a door that refuses throws what it said', async () => {
  realm.answers('social-exchange/nonce', refusal(403, 'access_denied', 'realm_disabled'));

  await assert.rejects(client().nonce(), (error) => error instanceof RealmError && error.failure.reason === 'realm_disabled');
});

test('a door that answers with something else gives nothing', async () => {
  realm.answers('social-exchange/nonce', { body: {} }).answers('social-exchange/providers', { body: '' });

  await assert.rejects(client().nonce(), (error) => error.failure.kind === 'lost');
  await assert.rejects(client().providers(), (error) => error.failure.kind === 'lost');
});

test('a nonce that an SDK has made is read from the token', () => {
  const token = `e30.${Buffer.from(JSON.stringify({ nonce: 'made-é😀' })).toString('base64url')}.s`;

  assert.equal(nonceOf(token), 'made-é😀');
  assert.equal(nonceOf('e30.e30.s'), undefined);
});

// Retry-After

const BUSY = refusal(503, 'temporarily_unavailable', 'server_busy', { headers: { 'Retry-After': '1' } });
const UNAVAILABLE = refusal(503, 'temporarily_unavailable', 'provider_unavailable', { headers: { 'Retry-After': '1' } });
const THROTTLED = refusal(429, 'temporarily_unavailable', 'throttled', { headers: { 'Retry-After': '1' } });
const retry = { times: 2, maxSeconds: 3 };

test('a request that is told "later" waits and is sent again, if it was told how often', async () => {
  realm.tokens(BUSY, { body: TOKENS });
  const begun = performance.now();

  const answer = await client({ retry }).exchange(SUBJECT);

  assert.equal(answer.kind, 'tokens');
  assert.equal(realm.requests.length, 2);
  assert.ok(performance.now() - begun >= 990, 'it waited');
  assert.deepEqual([...realm.requests[0].form], [...realm.requests[1].form]);
});

test('it is sent no oftener than was said', async () => {
  realm.tokens(THROTTLED);

  const answer = await client({ retry: { times: 1, maxSeconds: 3 } }).exchange(SUBJECT);

  assert.equal(answer.kind, 'try_later');
  assert.equal(realm.requests.length, 2);
});

test('it does not wait longer than was said', async () => {
  realm.tokens(refusal(429, 'temporarily_unavailable', 'throttled', { headers: { 'Retry-After': '60' } }));

  const answer = await client({ retry }).exchange(SUBJECT);

  assert.equal(answer.seconds, 60);
  assert.equal(realm.requests.length, 1);
});

const OF_THE_FUTURE = refusal(503, 'temporarily_unavailable', 'moon_not_full', { headers: { 'Retry-After': '1' } });
const OF_A_PROXY = { status: 429, headers: { 'Retry-After': '1' }, body: 'slow down' };

for (const [what, subject] of [['a code', CODE_SUBJECT], ['an id_token with its code', WITH_CODE]]) {
  test(`${what} is not sent twice once the provider may have seen it`, async () => {
    for (const answer of [UNAVAILABLE, BUSY, OF_THE_FUTURE, OF_A_PROXY]) {
      realm.requests = [];
      realm.tokens(answer).answers(`social-exchange/links/${subject.subject_issuer}`, answer);

      assert.equal((await client({ retry }).exchange(subject)).kind, 'try_later');
      assert.equal((await client({ retry }).link(TOKENS, subject)).kind, 'try_later');
      assert.equal(realm.requests.length, 2);
    }
  });

  test(`${what} that was only throttled is sent again`, async () => {
    realm.tokens(THROTTLED, { body: TOKENS });

    assert.equal((await client({ retry }).exchange(subject)).kind, 'tokens');
  });
}

test('whoever gives up while it waits is told so, and nothing more is sent', async () => {
  realm.tokens(BUSY);
  const giveUp = new AbortController();
  asked().then(() => sleep(50)).then(() => giveUp.abort());

  await assert.rejects(client({ retry }).exchange(SUBJECT, { signal: giveUp.signal }), { name: 'AbortError' });
  assert.equal(realm.requests.length, 1);
});
