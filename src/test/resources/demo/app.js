import { explain, tokenName } from './explain.js';
import Keycloak from './keycloak-js/keycloak.js';
import { claimsOf } from './oauth.js';
import { leaveFor, subjectOfArrival } from './provider.js';
import './social-exchange/buttons.js';
import { ACCESS_TOKEN, ID_TOKEN, RealmClient } from './social-exchange/index.js';
import { continueInBrowser, exchange, openSession } from './social-exchange/keycloak-js.js';
import { showOutcome, showTokens, whileBusy } from './view.js';
import { forgetWire } from './wire.js';

const LOGGED_OUT = '?logged-out';

const config = await (await fetch('config.json')).json();
const client = new RealmClient(config.realm);
const $ = id => document.getElementById(id);

/** What was exchanged last, and the answer. Like the session, they live in this page's memory and nowhere else. */
let subject = null;
let answer = null;

/** keycloak-js, with the person's tokens once there are some. */
let keycloak = null;

// 1. to the provider

async function signIn(provider) {
  const { authorizeUrl, scope, tokenType } = config.providers[provider.alias];
  const type = $('kind').value || tokenType;
  if (!provider.subject_token_types.includes(type)) {
    showOutcome('refused', `${provider.display_name} has no such tokens`, 'Choose another kind of token under “Options”.');
    return;
  }
  const clientId = $('foreign').checked ? config.foreignClientId : provider.client_id;
  const { nonce, provider_nonce } = type === ID_TOKEN ? await client.nonce() : {};
  await leaveFor(authorizeUrl, clientId, scope, provider_nonce, {
    subject_issuer: provider.alias,
    subject_token_type: type,
    ...(nonce && { nonce }),
    ...($('transient').checked && { requested_token_type: ACCESS_TOKEN }),
  });
}

// 2. back with a token, or with the realm's code

async function arrive() {
  const { search, hash } = location;
  try {
    subject = subjectOfArrival();
  } catch (refusal) {
    showOutcome('refused', 'The provider gave no token', refusal.message);
  }
  try {
    keycloak = await openSession(new Keycloak(config.realm));
  } catch (refusal) {
    keycloak = await openSession(new Keycloak(config.realm)); // the address is clean now
    showOutcome('refused', 'The realm gave no tokens', refusal.error === 'access_denied'
      ? 'You turned back. Nothing was linked, and no session began.'
      : refusal.error_description ?? refusal.error ?? refusal.message);
  }
  history.replaceState(null, '', '/');
  showTokens('given', [], 'the provider');
  showSession();
  if (subject) {
    await exchangeForTokens();
  } else if (keycloak.authenticated) {
    showTokens('given', [], 'the provider', 'The person went on in the browser; no token of the provider was needed again.');
    showOutcome('done', `Signed in as ${nameOf(keycloak.tokenParsed)}`,
      'The realm’s own pages did the rest. From now on the exchange alone is enough.');
  } else if (search === LOGGED_OUT) {
    showOutcome('done', 'Logged out', 'The session in the realm is over; its refresh token is of no use any more.');
  } else if ((search || hash) && $('result').hidden) {
    showOutcome('refused', 'This answer belongs to another sign-in', 'Its state is not known here; nothing was sent to Keycloak.');
  }
}

// 3. to Keycloak

async function exchangeForTokens() {
  forgetWire();
  const begun = Date.now();
  answer = await whileBusy('Asking Keycloak', exchange(client, keycloak, subject));
  showTokens('given', [{ name: tokenName(subject.subject_token_type), token: subject.subject_token }], subject.subject_issuer);
  if (answer.kind !== 'tokens') {
    refused();
    return;
  }
  const { tokens } = answer;
  if (tokens.refresh_token) {
    keycloak = await openSession(new Keycloak(config.realm), tokens);
  }
  showSession();
  const claims = claimsOf(tokens.access_token);
  const linked = !tokens.user_created && await wasLinkedSince(begun, claims.sub);
  showOutcome('done', `Signed in as ${nameOf(claims)}`, tokens.user_created
    ? 'Nobody in the realm was linked to this account: a user was created for it.'
    : linked
      ? `Linked just now by the verified address: the realm had an account with ${claims.email} already, the provider vouches for `
        + 'the address, and the step “Link by verified e-mail” of the realm’s flow asks for no more.'
      : 'The realm knew this account already.',
    [`user_created: ${tokens.user_created}`, ...(linked ? ['noted by the realm: FEDERATED_IDENTITY_LINK'] : [])]);
}

/** A front end is not told, and need not know. The realm has noted it, and this page's server asks the realm as an administrator. */
async function wasLinkedSince(begun, user) {
  const events = await (await fetch(`events.json?user=${user}`)).json();
  return events.some(({ type, time }) => type === 'FEDERATED_IDENTITY_LINK' && time >= begun);
}

async function refresh() {
  forgetWire();
  try {
    await whileBusy('Asking Keycloak', keycloak.updateToken(-1));
    showSession();
    showOutcome('done', 'New tokens, same session', 'No provider was asked: they are the realm’s own tokens.',
      [`signed in as ${nameOf(keycloak.tokenParsed)}`]);
  } catch {
    showSession();
    showOutcome('refused', 'No new tokens', 'The session is over. Sign in again.');
  }
}

function nameOf(claims) {
  return claims.name ?? claims.preferred_username ?? claims.sub;
}

function refused() {
  showSession();
  const { title, text } = explain(answer);
  const facts = ['status', 'error', 'reason', 'description'].filter(field => answer[field]).map(field => `${field}: ${answer[field]}`);
  if (answer.link) {
    facts.push(`a link to continue, for ${answer.expires_in} seconds`);
  }
  const hold = answer.kind === 'person_needed';
  showOutcome(hold ? 'hold' : 'refused', title, text, facts);
  $('browser').hidden = !hold;
}

/** The tokens that keycloak-js keeps, or the one of an answer without a session. */
function showSession() {
  const kinds = keycloak.authenticated
    ? { access_token: keycloak.token, id_token: keycloak.idToken, refresh_token: keycloak.refreshToken }
    : { access_token: answer?.tokens?.access_token };
  const tokens = Object.entries(kinds).filter(([, token]) => token).map(([kind, token]) => ({ name: tokenName(kind), token }));
  showTokens('got', tokens, 'the realm');
  $('refresh').hidden = $('logout').hidden = !keycloak.authenticated;
  $('again').hidden = !subject;
  $('browser').hidden = true;
}

async function drawButtons() {
  try {
    $('providers').providers = (await client.providers()).filter(provider => provider.alias in config.providers);
  } catch (problem) {
    showOutcome('refused', 'Keycloak tells of no providers', problem.message);
  }
}

$('client').textContent = config.realm.clientId;
$('console').href = config.consoleUrl;
$('admin').textContent = `(${config.admin.username} / ${config.admin.password})`;
$('sign-in').addEventListener('submit', event => event.preventDefault());
$('refresh').addEventListener('click', refresh);
$('again').addEventListener('click', exchangeForTokens);
$('browser').addEventListener('click', () => continueInBrowser(keycloak, answer));
$('providers').addEventListener('choose', ({ detail }) => signIn(detail));
$('logout').addEventListener('click', () => keycloak.logout({ redirectUri: `${location.origin}/${LOGGED_OUT}` }));
await drawButtons();
await arrive();
