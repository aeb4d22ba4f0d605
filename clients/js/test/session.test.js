import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { ACCESS_TOKEN, CODE, RealmClient, RealmError, Session } from 'social-exchange-keycloak';
import { Realm, refusal, storage, TOKENS } from './support/realm.js';

const SUBJECT = { subject_issuer: 'acme', subject_token: 't', subject_token_type: ACCESS_TOKEN };
const PERSON = refusal(400, 'interaction_required', 'account_exists', { interaction_uri: 'https://id.example/i' });

let realm;
let kept;
let opened;
let client;

before(async () => {
  realm = await Realm.start();
});
after(() => realm.close());
beforeEach(() => {
  realm.requests = [];
  kept = storage();
  opened = [];
  client = new RealmClient({
    url: realm.url,
    realm: 'social',
    clientId: 'demo-app',
    redirectUri: 'com.example.app:/signed-in',
    storage: kept,
    open: (link) => opened.push(link),
  });
});

/** Leaves for the browser; answers with the state that it has to come back with. */
async function leave(answer = PERSON) {
  realm.tokens(answer);
  const needed = await client.exchange(SUBJECT);
  await client.continueInBrowser(needed);
  return { state: needed.login.state, challenge: realm.last.form.get('interaction_code_challenge') };
}

function address(parameters) {
  return `com.example.app:/signed-in?${new URLSearchParams({ iss: realm.issuer, ...parameters })}`;
}

test('the browser goes to the link, and the code that it comes back with is redeemed with the verifier', async () => {
  const { state, challenge } = await leave();
  assert.deepEqual(opened, ['https://id.example/i']);
  realm.tokens({ body: TOKENS });

  const answer = await client.resume(address({ state, code: 'k' }));

  assert.equal(answer.kind, 'tokens');
  const { code_verifier: verifier, ...form } = Object.fromEntries(realm.last.form);
  assert.deepEqual(form, { client_id: 'demo-app', grant_type: 'authorization_code', code: 'k', redirect_uri: 'com.example.app:/signed-in' });
  assert.equal(createHash('sha256').update(verifier).digest('base64url'), challenge);
});

test('without a link the way on is the realm’s login page, straight to the provider', async () => {
  const { state, challenge } = await leave(refusal(400, 'interaction_required', 'consent'));

  const page = new URL(opened[0]);
  assert.equal(page.origin + page.pathname, `${realm.issuer}/protocol/openid-connect/auth`);
  assert.deepEqual(Object.fromEntries(page.searchParams), {
    response_type: 'code',
    client_id: 'demo-app',
    redirect_uri: 'com.example.app:/signed-in',
    scope: 'openid',
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    kc_idp_hint: 'acme',
  });
});

test('a login of its own asks for what linking wants: a fresh one', async () => {
  await client.login({ maxAge: 60 });

  const page = new URL(opened[0]).searchParams;
  assert.equal(page.get('max_age'), '60');
  assert.equal(page.get('kc_idp_hint'), null);
  realm.tokens({ body: TOKENS });
  assert.equal((await client.resume(address({ state: page.get('state'), code: 'k' }))).kind, 'tokens');
});

test('a state that nobody here has made redeems nothing', async () => {
  await leave();
  realm.requests = [];

  assert.equal(await client.resume(address({ state: 'forged', code: 'k' })), null);
  assert.equal(await client.resume(address({ code: 'k' })), null);
  assert.equal(await client.resume('com.example.app:/signed-in'), null);
  assert.equal(realm.requests.length, 0);
});

test('an answer counts once', async () => {
  const { state } = await leave();
  realm.tokens({ body: TOKENS });

  await client.resume(address({ state, code: 'k' }));

  assert.equal(await client.resume(address({ state, code: 'k' })), null);
  assert.equal(kept.kept.size, 0);
});

test('an answer of another issuer redeems nothing', async () => {
  const { state } = await leave();
  realm.requests = [];

  const answer = await client.resume(address({ state, code: 'k', iss: 'https://evil.example/realms/social' }));

  assert.equal(answer.kind, 'refused');
  assert.equal(answer.error, 'issuer_mismatch');
  assert.equal(realm.requests.length, 0);
});

test('whoever turns back is no failure', async () => {
  const { state } = await leave();

  assert.deepEqual(await client.resume(address({ state, error: 'access_denied' })), { kind: 'turned_back' });
});

test('what else the browser brings is refused in its words', async () => {
  const { state } = await leave();

  const answer = await client.resume(address({ state, error: 'temporarily_unavailable', error_description: 'authentication_expired' }));

  assert.equal(answer.kind, 'refused');
  assert.equal(answer.error, 'temporarily_unavailable');
  assert.equal(answer.description, 'authentication_expired');
});

test('a link that is a script is not opened', async () => {
  realm.tokens(refusal(400, 'interaction_required', 'consent', { interaction_uri: 'javascript:alert(1)' }));
  const needed = await client.exchange(SUBJECT);

  await assert.rejects(client.continueInBrowser(needed), TypeError);
  assert.deepEqual(opened, []);
});

test('another library’s login is not taken over', async () => {
  realm.tokens(PERSON);
  const needed = await client.exchange(SUBJECT, { interaction: { redirect_uri: 'https://app.example/', code_challenge: 'c' } });

  await assert.rejects(client.continueInBrowser(needed), TypeError);
});

// Staying signed in

test('many who need a new token at once make one request', async () => {
  const renewed = { ...TOKENS, access_token: 'second', refresh_token: 'refresh-2' };
  realm.tokens({ body: renewed, delay: 50 });
  const session = new Session(client, { ...TOKENS, expires_in: 10 });

  const tokens = await Promise.all([session.accessToken(), session.accessToken(), client.refresh(session.tokens).then(({ tokens }) => tokens.access_token)]);

  assert.deepEqual(tokens, ['second', 'second', 'second']);
  assert.equal(realm.requests.length, 1);
  assert.deepEqual(Object.fromEntries(realm.last.form), { client_id: 'demo-app', grant_type: 'refresh_token', refresh_token: 'refresh' });
  assert.equal(await session.accessToken(), 'second');
  assert.equal(realm.requests.length, 1, 'and the new one is used');
});

test('an access token that is young is used as it is', async () => {
  assert.equal(await new Session(client, TOKENS).accessToken(), 'access');
  assert.equal(realm.requests.length, 0);
});

test('a session that is over has no access token', async () => {
  realm.tokens({ status: 400, body: { error: 'invalid_grant', error_description: 'Session not active' } });

  assert.equal(await new Session(client, { ...TOKENS, expires_in: 0 }).accessToken(), null);
  const { refresh_token, ...transient } = TOKENS;
  assert.equal(await new Session(client, { ...transient, expires_in: 0 }).accessToken(), null);
});

test('a realm that does not answer ends no session', async () => {
  realm.tokens({ status: 500, body: 'oops' }, { body: { ...TOKENS, access_token: 'second' } });
  const session = new Session(client, { ...TOKENS, expires_in: 0 });

  await assert.rejects(session.accessToken(), (error) => error instanceof RealmError && error.failure.kind === 'lost');
  assert.equal(await session.accessToken(), 'second');
});

test('a logout names the session by its refresh token', async () => {
  realm.answers('protocol/openid-connect/logout', { status: 204, body: '' });

  assert.deepEqual(await client.logout(TOKENS), { kind: 'logged_out' });
  assert.deepEqual(Object.fromEntries(realm.last.form), { client_id: 'demo-app', refresh_token: 'refresh' });
});

// Linking

test('an account is linked with the realm’s own token, and the alias is in the address', async () => {
  realm.answers('social-exchange/links/a%2Fb', { body: { alias: 'a/b', link_created: true } });

  const answer = await client.link(TOKENS, { ...SUBJECT, subject_issuer: 'a/b' });

  assert.deepEqual(answer, { kind: 'linked', alias: 'a/b', link_created: true });
  assert.equal(realm.last.headers.authorization, 'Bearer access');
  assert.deepEqual(Object.fromEntries(realm.last.form), { subject_token: 't', subject_token_type: ACCESS_TOKEN });
});

test('a link that is refused has its reason', async () => {
  realm.answers('social-exchange/links/acme', refusal(401, 'insufficient_user_authentication', 'login_too_old'));

  const answer = await client.link(TOKENS, SUBJECT);

  assert.equal(answer.kind, 'refused');
  assert.equal(answer.reason, 'login_too_old');
});

test('what is linked is listed and unlinked by the account API', async () => {
  const link = { connected: true, providerAlias: 'acme', providerName: 'acme', displayName: 'Acme', linkedUsername: 'ada', social: true };
  realm.answers('account/linked-accounts', { body: [link] }).answers('account/linked-accounts/acme', { status: 204, body: '' });

  assert.deepEqual(await client.links(TOKENS), { kind: 'links', links: [link] });
  assert.equal(realm.last.method, 'GET');
  assert.equal(realm.last.headers.accept, 'application/json');
  assert.deepEqual(await client.unlink(TOKENS, 'acme'), { kind: 'unlinked' });
  assert.equal(realm.last.method, 'DELETE');
  assert.equal(realm.last.headers.authorization, 'Bearer access');
});

test('the account API’s refusal is told in its words', async () => {
  realm.answers('account/linked-accounts/acme', { status: 400, body: { errorMessage: 'You can not remove last federated identity' } });

  const answer = await client.unlink(TOKENS, 'acme');

  assert.equal(answer.kind, 'refused');
  assert.equal(answer.description, 'You can not remove last federated identity');
});

test('a linking door that wants a code is asked once where the provider may have seen it', async () => {
  realm.answers('social-exchange/links/acme', refusal(503, 'temporarily_unavailable', 'provider_unavailable', { headers: { 'Retry-After': '1' } }));
  const patient = new RealmClient({ url: realm.url, realm: 'social', clientId: 'demo-app', retry: { times: 2, maxSeconds: 3 } });

  assert.equal((await patient.link(TOKENS, { ...SUBJECT, subject_token_type: CODE })).kind, 'try_later');
  assert.equal(realm.requests.length, 1);
});
