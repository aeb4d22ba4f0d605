import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { withApple, withFacebook, withGoogle } from 'social-exchange-keycloak/sdks';

// What the SDKs document; with a real realm, and tokens that it believes, they are in the project's JsPackageIT.

const PROVIDER = { alias: 'one', client_id: 'app' };
const NONCE = { nonce: 'raw', provider_nonce: 'hashed', expires_in: 600 };
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token';

afterEach(() => {
  for (const name of ['google', 'FB', 'AppleID', 'location']) {
    delete globalThis[name];
  }
});

test('Google’s button gives an id_token with the nonce of which it was given the hash', async () => {
  const place = {};
  let given;
  globalThis.google = { accounts: { id: {
    initialize: (options) => { given = options; },
    renderButton: (where) => { assert.equal(where, place); },
  } } };

  const subject = withGoogle(PROVIDER, NONCE, place);
  given.callback({ credential: 't' });

  assert.equal(given.client_id, 'app');
  assert.equal(given.nonce, 'hashed');
  assert.deepEqual(await subject, { subject_issuer: 'one', subject_token: 't', subject_token_type: ID_TOKEN, nonce: 'raw' });
});

test('a person who closes Facebook’s window gives no token', async () => {
  globalThis.FB = { init() {}, login: (callback) => callback({ status: 'unknown', authResponse: null }) };

  await assert.rejects(withFacebook(PROVIDER), { message: 'The person did not sign in' });
});

test('Apple tells a name once, and without it there is none', async () => {
  globalThis.location = { origin: 'https://app.example' };
  const answers = [{ authorization: { id_token: 't' }, user: { name: { lastName: 'Hopper' } } }, { authorization: { id_token: 't' } }];
  globalThis.AppleID = { auth: { init: ({ nonce }) => assert.equal(nonce, 'hashed'), signIn: async () => answers.shift() } };

  assert.equal((await withApple(PROVIDER, NONCE)).user, '{"name":{"lastName":"Hopper"}}');
  assert.equal('user' in (await withApple(PROVIDER, NONCE)), false);
});

test('Apple’s code goes along, with the address that it was issued for, only where the page wants it', async () => {
  globalThis.location = { origin: 'https://app.example' };
  let given;
  globalThis.AppleID = { auth: {
    init: ({ redirectURI }) => { given = redirectURI; },
    signIn: async () => ({ authorization: { id_token: 't', code: 'c' } }),
  } };
  const alone = { subject_issuer: 'one', subject_token: 't', subject_token_type: ID_TOKEN, nonce: 'raw' };

  assert.deepEqual(await withApple(PROVIDER, NONCE), alone);
  assert.deepEqual(await withApple(PROVIDER, NONCE, { code: true }), { ...alone, code: 'c', redirect_uri: 'https://app.example/' });
  assert.equal(given, 'https://app.example/');
});
