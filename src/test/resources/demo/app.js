import { explain, tokenName } from './explain.js';
import { challengeOf, claimsOf, post, random } from './oauth.js';
import { showOutcome, showTokens, showWire, whileBusy } from './view.js';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const CODE = 'urn:keycloak:social-exchange:token-type:authorization_code';
const PENDING = 'pending-sign-in';

const config = await (await fetch('config.json')).json();
const tokenEndpoint = `${config.realmUrl}/protocol/openid-connect/token`;
const redirectUri = `${location.origin}/`;
const $ = id => document.getElementById(id);

/** The last exchange request, and the realm's tokens. They live in this page's memory and nowhere else. */
let lastRequest = null;
let tokens = null;
let provider = null;

/** The way on in a browser that the last answer offered, and what this page needs to take the code that comes of it. */
let continuation = null;

// 1. to the provider

async function signIn(chosen) {
  const tokenType = $('kind').value || chosen.tokenType;
  if (tokenType === ID_TOKEN && !chosen.hasIdTokens) {
    showOutcome('refused', `${chosen.name} has no ID tokens`, 'Choose another kind of token under “Options”.');
    return;
  }
  const pending = {
    at: chosen.alias,
    tokenType,
    state: random(),
    requested: $('transient').checked ? ACCESS_TOKEN : '',
  };
  const parameters = {
    client_id: $('foreign').checked ? config.foreignClientId : chosen.clientId,
    redirect_uri: redirectUri,
    response_type: { [ID_TOKEN]: 'id_token', [ACCESS_TOKEN]: 'token', [CODE]: 'code' }[tokenType],
    scope: chosen.scope,
    state: pending.state,
  };
  if (tokenType === ID_TOKEN) {
    pending.nonce = parameters.nonce = random();
  }
  if (tokenType === CODE) {
    await addChallenge(pending, parameters);
  }
  leave(pending, chosen.authorizeUrl, parameters);
}

/**
 * The way on when the exchange needs the person: the link that came with the answer. Where there is none, the realm's own
 * login page, straight to this provider.
 */
async function continueInBrowser() {
  if (continuation) {
    remember(continuation.pending);
    location.assign(continuation.uri);
    return;
  }
  const pending = { at: 'keycloak', alias: provider.alias, state: random() };
  const parameters = {
    client_id: config.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: pending.state,
    kc_idp_hint: provider.alias,
  };
  await addChallenge(pending, parameters);
  leave(pending, `${config.realmUrl}/protocol/openid-connect/auth`, parameters);
}

async function addChallenge(pending, parameters) {
  pending.verifier = random();
  parameters.code_challenge = await challengeOf(pending.verifier);
  parameters.code_challenge_method = 'S256';
}

function leave(pending, url, parameters) {
  remember(pending);
  location.assign(`${url}?${new URLSearchParams(parameters)}`);
}

/** What has to survive the way through other pages, in this tab. */
function remember(pending) {
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
}

// 2. back with a token

async function comeBack() {
  const answer = new URLSearchParams(location.hash.slice(1) || location.search);
  const pending = JSON.parse(sessionStorage.getItem(PENDING));
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, '', redirectUri);
  if (!pending || ![...answer].length) {
    return;
  }
  provider = config.providers.find(candidate => candidate.alias === (pending.alias ?? pending.at));
  if (answer.get('state') !== pending.state) {
    showOutcome('refused', 'This answer belongs to another sign-in', 'The state does not fit; nothing was sent to Keycloak.');
  } else if (answer.get('error')) {
    showOutcome('refused', `${provider.name} gave no token`, answer.get('error_description') ?? answer.get('error'));
  } else if (pending.at === 'keycloak') {
    await redeem(answer.get('code'), pending);
  } else {
    await exchange(exchangeRequest(answer, pending));
  }
}

// 3. to Keycloak

function exchangeRequest(answer, pending) {
  const request = {
    grant_type: EXCHANGE,
    client_id: config.clientId,
    subject_issuer: pending.at,
    subject_token: answer.get({ [ID_TOKEN]: 'id_token', [ACCESS_TOKEN]: 'access_token', [CODE]: 'code' }[pending.tokenType]),
    subject_token_type: pending.tokenType,
    scope: 'openid',
  };
  if (pending.tokenType === CODE) {
    request.redirect_uri = redirectUri;
    request.code_verifier = pending.verifier;
  }
  if (pending.nonce) {
    request.nonce = pending.nonce;
  }
  if (pending.requested) {
    request.requested_token_type = pending.requested;
  }
  return request;
}

/** With every exchange this page says where a browser may come back to, should Keycloak need the person. */
async function addInteraction(request) {
  const pending = { at: 'keycloak', alias: request.subject_issuer, state: random(), verifier: random() };
  request.interaction_redirect_uri = redirectUri;
  request.interaction_state = pending.state;
  request.interaction_code_challenge = await challengeOf(pending.verifier);
  return pending;
}

async function exchange(request) {
  lastRequest = request;
  const pending = await addInteraction(request);
  const answer = await send(request);
  continuation = answer.body.interaction_uri ? { uri: answer.body.interaction_uri, pending } : null;
  showTokens('given', [{ name: tokenName(request.subject_token_type), token: request.subject_token }], provider.name);
  if (answer.status === 200) {
    const who = signedIn(answer.body);
    showOutcome('done', `Signed in as ${who}`, answer.body.user_created
      ? 'Nobody in the realm was linked to this account: a user was created for it.'
      : 'The realm knew this account already.', [`user_created: ${answer.body.user_created}`]);
  } else {
    refused(answer);
  }
}

async function redeem(code, pending) {
  continuation = null;
  const request = {
    grant_type: 'authorization_code', client_id: config.clientId, code, redirect_uri: redirectUri, code_verifier: pending.verifier,
  };
  lastRequest = null;
  const answer = await send(request);
  showTokens('given', [], provider.name, 'The person went on in the browser; no token of the provider was needed again.');
  if (answer.status === 200) {
    showOutcome('done', `Signed in as ${signedIn(answer.body)}`, 'The realm’s own pages did the rest. From now on the exchange alone is enough.');
  } else {
    refused(answer);
  }
}

async function refresh() {
  const answer = await send({ grant_type: 'refresh_token', client_id: config.clientId, refresh_token: tokens.refresh_token });
  if (answer.status === 200) {
    showOutcome('done', 'New tokens, same session', `${provider.name} was not asked: they are the realm’s own tokens.`,
      [`signed in as ${signedIn(answer.body)}`]);
  } else {
    refused(answer);
  }
}

async function logOut() {
  const answer = await whileBusy('Logging out', post(`${config.realmUrl}/protocol/openid-connect/logout`,
    { client_id: config.clientId, refresh_token: tokens.refresh_token }));
  setTokens(null);
  showOutcome(answer.status === 204 ? 'done' : 'refused', 'Logged out', 'The session in the realm is over; its refresh token is of no use any more.');
}

async function send(request) {
  const answer = await whileBusy('Asking Keycloak', post(tokenEndpoint, request));
  showWire(tokenEndpoint, request, answer);
  return answer;
}

function signedIn(answer) {
  setTokens(answer);
  const claims = claimsOf(answer.access_token);
  return claims.name ?? claims.preferred_username ?? claims.sub;
}

function refused(answer) {
  setTokens(null);
  const { title, text } = explain(answer.body);
  const facts = ['error', 'error_reason', 'error_description']
    .filter(field => answer.body[field])
    .map(field => `${field}: ${answer.body[field]}`);
  const hold = answer.body.error === 'interaction_required';
  if (continuation) {
    facts.push(`a link to continue, for ${answer.body.interaction_expires_in} seconds`);
  }
  showOutcome(hold ? 'hold' : 'refused', title, text, [`status ${answer.status}`, ...facts]);
  $('browser').hidden = !hold;
}

function setTokens(answer) {
  tokens = answer;
  const list = ['access_token', 'id_token', 'refresh_token']
    .filter(kind => answer?.[kind])
    .map(kind => ({ name: tokenName(kind), token: answer[kind] }));
  showTokens('got', list, 'the realm');
  $('refresh').hidden = $('logout').hidden = !answer?.refresh_token;
  $('again').hidden = !lastRequest;
  $('browser').hidden = true;
}

function providerButton(chosen) {
  const button = document.createElement('button');
  const mark = document.createElement('span');
  mark.className = `mark ${chosen.alias}`;
  mark.textContent = chosen.name[0];
  mark.ariaHidden = 'true';
  button.type = 'button';
  button.append(mark, `Continue with ${chosen.name}`);
  button.addEventListener('click', () => signIn(chosen));
  return button;
}

$('client').textContent = config.clientId;
$('console').href = config.consoleUrl;
$('providers').append(...config.providers.map(providerButton));
$('sign-in').addEventListener('submit', event => event.preventDefault());
$('refresh').addEventListener('click', refresh);
$('again').addEventListener('click', () => exchange(lastRequest));
$('browser').addEventListener('click', continueInBrowser);
$('logout').addEventListener('click', logOut);
setTokens(null);
await comeBack();
