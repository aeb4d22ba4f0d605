import { explain, tokenName } from './explain.js';
import { claimsOf } from './oauth.js';
import { leaveFor, subjectOfArrival } from './provider.js';
import { ACCESS_TOKEN, continueInBrowser, exchange, ID_TOKEN, newNonce, openProviders, openSession } from './session.js';
import { showOutcome, showTokens, whileBusy } from './view.js';
import { forgetWire } from './wire.js';

const LOGGED_OUT = '?logged-out';

const config = await (await fetch('config.json')).json();
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
  const { nonce, provider_nonce } = type === ID_TOKEN ? await newNonce(config.realm) : {};
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
    keycloak = await openSession(config.realm);
  } catch (refusal) {
    keycloak = await openSession(config.realm); // the address is clean now
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
  answer = await asking(() => exchange(keycloak, subject));
  showTokens('given', [{ name: tokenName(subject.subject_token_type), token: subject.subject_token }], subject.subject_issuer);
  if (answer.status !== 200) {
    refused();
    return;
  }
  if (answer.body.refresh_token) {
    keycloak = await openSession(config.realm, answer.body);
  }
  showSession();
  const claims = claimsOf(answer.body.access_token);
  const linked = !answer.body.user_created && await wasLinkedSince(begun, claims.sub);
  showOutcome('done', `Signed in as ${nameOf(claims)}`, answer.body.user_created
    ? 'Nobody in the realm was linked to this account: a user was created for it.'
    : linked
      ? `Linked just now by the verified address: the realm had an account with ${claims.email} already, the provider vouches for `
        + 'the address, and the step “Link by verified e-mail” of the realm’s flow asks for no more.'
      : 'The realm knew this account already.',
    [`user_created: ${answer.body.user_created}`, ...(linked ? ['noted by the realm: FEDERATED_IDENTITY_LINK'] : [])]);
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

/** The answer, or one that says that there was none. */
async function asking(send) {
  try {
    return await whileBusy('Asking Keycloak', send());
  } catch (problem) {
    return { status: 0, body: { error: 'network', error_description: `Keycloak gave no usable answer: ${problem.message}` } };
  }
}

function nameOf(claims) {
  return claims.name ?? claims.preferred_username ?? claims.sub;
}

function refused() {
  showSession();
  const { body, status } = answer;
  const { title, text } = explain(body);
  const facts = ['error', 'error_reason', 'error_description'].filter(field => body[field]).map(field => `${field}: ${body[field]}`);
  if (body.interaction_uri) {
    facts.push(`a link to continue, for ${body.interaction_expires_in} seconds`);
  }
  const hold = body.error === 'interaction_required';
  showOutcome(hold ? 'hold' : 'refused', title, text, [`status ${status}`, ...facts]);
  $('browser').hidden = !hold;
}

/** The tokens that keycloak-js keeps, or the one of an answer without a session. */
function showSession() {
  const kinds = keycloak.authenticated
    ? { access_token: keycloak.token, id_token: keycloak.idToken, refresh_token: keycloak.refreshToken }
    : { access_token: answer?.body.access_token };
  const tokens = Object.entries(kinds).filter(([, token]) => token).map(([kind, token]) => ({ name: tokenName(kind), token }));
  showTokens('got', tokens, 'the realm');
  $('refresh').hidden = $('logout').hidden = !keycloak.authenticated;
  $('again').hidden = !subject;
  $('browser').hidden = true;
}

function providerButton(provider) {
  const button = document.createElement('button');
  const mark = document.createElement('span');
  mark.className = `mark ${provider.alias}`;
  mark.textContent = provider.display_name[0];
  mark.ariaHidden = 'true';
  button.type = 'button';
  button.append(mark, `Continue with ${provider.display_name}`);
  button.addEventListener('click', () => signIn(provider));
  return button;
}

async function drawButtons() {
  try {
    const providers = await openProviders(config.realm);
    $('providers').append(...providers.filter(provider => provider.alias in config.providers).map(providerButton));
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
$('browser').addEventListener('click', () => continueInBrowser(keycloak, answer.body, subject.subject_issuer));
$('logout').addEventListener('click', () => keycloak.logout({ redirectUri: `${location.origin}/${LOGGED_OUT}` }));
await drawButtons();
await arrive();
