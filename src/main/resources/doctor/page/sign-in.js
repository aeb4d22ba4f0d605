// A code fetched by a real sign-in at the provider, in a tab of its own that knows nothing of this one.

import { Refused } from './api.js';
import { element, focusOn } from './dom.js';
import { KINDS } from './form.js';
import { word, wordOr } from './words.js';

/** One is waited for at a time. */
let waiting = null;

/**
 * @param use called with the parameters of a dry-run, once a code is there
 */
export function providerSignIn(provider, name, { api, place, notes, problem }, use) {
  const redirectUri = `${location.origin}${place.page}/returned`;
  const here = element('div.sign-in');

  async function prepare() {
    stopWaiting();
    here.replaceChildren(element('p', {}, word('loading')));
    try {
      const offer = await api.signIn(provider.alias, { client_id: notes.fields.client_id, redirect_uri: redirectUri });
      here.replaceChildren(...(offer.available ? offered(offer) : [unavailable(offer)]));
      focusOn(here.querySelector('a, p'));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      here.replaceChildren(problem(error, 'div'));
    }
  }

  function offered(offer) {
    waiting = wait(place.realm, offer.state, (came) => {
      stopWaiting();
      here.replaceChildren(before());
      if (came.code) use(parameters(offer, came));
      else here.append(element('p.callout.refused', { role: 'alert' }, word('sign_in.refused', { error: came.error ?? '' })));
    });
    return [
      element('p', {}, word('sign_in.ready', { name })),
      element('p', {}, isWebAddress(offer.url)
        ? element('a.button.primary', { href: offer.url, target: '_blank', rel: 'noopener noreferrer' },
            word('sign_in.go', { name }))
        : word('sign_in.no_authorization_url')),
    ];
  }

  /** As the exchange has them; the client is the one that was played when the address was made. */
  const parameters = (offer, came) => ({
    client_id: notes.fields.client_id,
    subject_token_type: KINDS.authorization_code,
    subject_token: came.code,
    redirect_uri: offer.redirect_uri,
    code_verifier: offer.code_verifier,
    nonce: offer.nonce,
    user: came.user,
    use_code: 'true',
    ...Object.fromEntries((offer.parameters ?? []).map((key) => [key, came[key]])),
  });

  const unavailable = (offer) =>
    element('p.callout.unknown', {}, wordOr(`sign_in.${offer.reason}`, word('sign_in.other', { reason: offer.reason })));

  const before = () =>
    element('button.do-sign-in', { type: 'button', onclick: prepare }, word('sign_in.prepare', { name }));

  here.append(before());
  return element(
    'details.by-sign-in',
    {},
    element('summary', {}, word('sign_in.title')),
    element('p', {}, word('sign_in.text')),
    element('p', {}, word('sign_in.register'), ' ', element('code', {}, redirectUri)),
    here,
  );
}

function wait(realm, state, then) {
  const channel = new BroadcastChannel(`social-exchange-doctor ${realm}`);
  channel.addEventListener('message', ({ data }) => {
    if (data?.state === state) then(data); // anything else was not asked for here
  });
  return channel;
}

function stopWaiting() {
  waiting?.close();
  waiting = null;
}

/** The address comes from settings. */
function isWebAddress(url) {
  return URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol);
}
