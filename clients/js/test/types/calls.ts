// What the types let through, and what they refuse: without its complaint, a line below fails the build.

import {
  type Answer,
  CODE,
  type Exchanged,
  ID_TOKEN,
  type IdTokenSubject,
  JWT,
  RealmClient,
  type Reason,
  type Refused,
  SIGNED_DATA,
  type Tokens,
} from 'social-exchange-keycloak';
import 'social-exchange-keycloak/buttons';
import { dpop } from 'social-exchange-keycloak/dpop';
import { exchange as serverExchange } from 'social-exchange-keycloak/oauth4webapi';
import type * as oauth from 'oauth4webapi';

declare const tokens: Tokens;
const client = new RealmClient({ url: 'https://id.example', realm: 'social', clientId: 'spa', dpop: await dpop() });

// @ts-expect-error a client has an id
new RealmClient({ url: 'https://id.example', realm: 'social' });
// @ts-expect-error a public client has no secret
new RealmClient({ url: 'https://id.example', realm: 'social', clientId: 'spa', clientSecret: 's' });
// @ts-expect-error a retry has a bound
new RealmClient({ url: 'https://id.example', realm: 'social', clientId: 'spa', retry: { times: 2 } });

// Subjects

await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: ID_TOKEN, nonce: 'n' });
await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: JWT, access_token: 'a' });
await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: CODE, code_verifier: 'v', redirect_uri: '' });
// @ts-expect-error whose token is it?
await client.exchange({ subject_token: 't', subject_token_type: ID_TOKEN });
// @ts-expect-error which kind of token is it?
await client.exchange({ subject_issuer: 'google', subject_token: 't' });
// @ts-expect-error no such kind
await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: 'id_token' });
await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: ID_TOKEN, code: 'c', redirect_uri: '', nonce: 'n' });
await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: JWT, code: 'c', code_verifier: 'v', user: '{}' });
// @ts-expect-error a code brings an access token of its own
await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: ID_TOKEN, code: 'c', access_token: 'a' });
// @ts-expect-error a code alone is the subject token
await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: CODE, code: 'c' });
// @ts-expect-error an address belongs to a code
await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: ID_TOKEN, redirect_uri: 'https://app.example/' });
// @ts-expect-error a verifier belongs to a code
await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: ID_TOKEN, code_verifier: 'v' });
// @ts-expect-error signed data has no nonce
await client.exchange({ subject_issuer: 'telegram', subject_token: 't', subject_token_type: SIGNED_DATA, nonce: 'n' });
// @ts-expect-error a parameter of another kind of exchange
await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: ID_TOKEN, actor_token: 'a' });

declare const subject: IdTokenSubject;
await client.exchange(subject, { audience: ['api'], requested_token_type: 'urn:ietf:params:oauth:token-type:access_token' });
// @ts-expect-error not one of the three
await client.exchange(subject, { requested_token_type: 'urn:ietf:params:oauth:token-type:saml2' });
// @ts-expect-error a link needs a challenge
await client.exchange(subject, { interaction: { redirect_uri: 'https://app.example/' } });

// Answers

const answer: Exchanged = await client.exchange(subject);
// @ts-expect-error there may be none
answer.tokens;
// @ts-expect-error only a person who is needed has somewhere to go
await client.continueInBrowser(answer);

switch (answer.kind) {
  case 'tokens':
    answer.tokens.access_token satisfies string;
    // @ts-expect-error of another answer
    answer.reason;
    break;
  case 'person_needed':
    await client.continueInBrowser(answer);
    // @ts-expect-error no person can help an expired token
    if (answer.reason === 'token_expired') {}
    break;
  case 'try_later':
    answer.seconds satisfies number;
    break;
  case 'refused':
    told(answer);
    break;
  case 'lost':
    break;
  default:
    answer satisfies never;
}

function told(refused: Refused): string {
  // @ts-expect-error no such reason
  if (refused.reason === 'token_expird') {}
  // @ts-expect-error that is no refusal
  if (refused.reason === 'provider_unavailable') {}
  if (refused.reason === 'linked_to_another_user') {
    refused.status satisfies 409;
    refused.error satisfies 'access_denied';
    // @ts-expect-error its status is known
    refused.status satisfies 400;
  }
  switch (refused.reason) {
    case 'token_expired':
      return 'again';
    default:
      return refused.error; // Keycloak's own, and what a newer server says
  }
}

// @ts-expect-error one cannot turn back from an exchange
if (answer.kind === 'turned_back') {}
const arrived: Answer | null = await client.resume();
// @ts-expect-error the browser may have come from elsewhere
arrived.kind;

'account_exists' satisfies Reason;
// @ts-expect-error no such reason
'account_exist' satisfies Reason;

// The others

await client.link(tokens, subject);
// @ts-expect-error the realm's tokens are needed, and not only their text
await client.link('eyJ', subject);
await client.unlink(tokens, 'google');
// @ts-expect-error which one?
await client.unlink(tokens);
// @ts-expect-error tokens, and not an answer that may have none
await client.refresh(answer);

const buttons = document.querySelector('social-exchange-buttons')!;
buttons.client = client;
buttons.addEventListener('choose', ({ detail }) => detail.alias satisfies string);
// @ts-expect-error a provider has no such thing
buttons.addEventListener('choose', ({ detail }) => detail.secret);

declare const as: oauth.AuthorizationServer;
declare const app: oauth.Client;
declare const authentication: oauth.ClientAuth;
await serverExchange(as, app, authentication, subject);
// @ts-expect-error a confidential client authenticates
await serverExchange(as, app, subject);
// @ts-expect-error a server has no page that could be left
await serverExchange(as, app, authentication, subject, { interaction: false });
