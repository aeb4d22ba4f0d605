// Which view is shown, and to whom. A view is drawn anew when the language changes; what was found stays in memory.

import { Api, Refused, PEOPLE } from './api.js';
import { announce, element, focusOn } from './dom.js';
import { providerView } from './provider.js';
import { providersView } from './providers.js';
import { Session } from './session.js';
import { keepLanguage, preferred, speak, spoken, word } from './words.js';

const VIEW = 'social-exchange-doctor-view';

const place = document.body.dataset;
const main = document.getElementById('main');
const session = new Session(place);
const api = new Api(session, place);
/** What each provider was asked and has answered, by alias. */
const notes = new Map();
let providers = null;
let failed = null;

function notesOn(alias) {
  if (!notes.has(alias)) notes.set(alias, { fields: {} });
  return notes.get(alias);
}

const chosen = () => (location.hash.startsWith('#/') ? decodeURIComponent(location.hash.slice(2)) : null);

function draw() {
  drawAccount();
  for (const button of document.querySelectorAll('.languages button')) {
    button.setAttribute('aria-pressed', String(button.value === spoken()));
  }
  const view = session.isOpen ? working() : welcome();
  main.replaceChildren(view);
  const heading = main.querySelector('h1');
  document.title = `${heading.textContent} · ${place.realm}`;
  return heading;
}

function working() {
  if (failed) return problem(failed);
  if (!providers) return element('h1', {}, word('loading'));
  const alias = chosen();
  if (alias === null) return providersView(providers, open);
  const provider = providers.find((one) => one.alias === alias);
  return provider
    ? providerView(provider, { api, session, place, notes: notesOn(alias), problem })
    : problem(new Refused('missing'));
}

/** To a provider, to do one thing there. @param what `check` or `try` */
function open(alias, what) {
  notesOn(alias).next = what;
  location.hash = `#/${encodeURIComponent(alias)}`;
}

function drawAccount() {
  const parts = session.isOpen
    ? [
        element('span', {}, word('signed_in_as', { account: session.account })),
        element('button', { type: 'button', onclick: () => session.signOut() }, word('sign_out')),
      ]
    : [];
  document.getElementById('account').replaceChildren(...parts);
}

function welcome() {
  return element(
    'section.welcome',
    {},
    element('h1', {}, word('welcome.title')),
    failed && problem(failed, 'div'),
    element('p', {}, word('welcome.text')),
    element('ul', {}, ['see', 'check', 'try'].map((key) => element('li', {}, word(`welcome.${key}`)))),
    element('p', {}, word('welcome.nothing')),
    element('button.primary', { type: 'button', id: 'sign-in', onclick: signIn }, word('sign_in')),
  );
}

function signIn() {
  sessionStorage.setItem(VIEW, location.hash);
  session.signIn(spoken());
}

/** What went wrong, and who can mend it. */
function problem(error, tag = 'section') {
  if (!(error instanceof Refused)) throw error;
  const heading = tag === 'section' ? 'h1' : 'h3';
  const values = {
    account: session.account,
    role: error.role,
    client: session.management,
    page: place.client,
    status: error.status,
    said: error.said,
  };
  const advice = error.kind === 'forbidden' ? ['assign', 'scope', 'again'] : [];
  return element(
    `${tag}.callout.refused`,
    { role: tag === 'section' ? null : 'alert' },
    element(heading, {}, word(`problem.${error.kind}.title`, values)),
    element('p', {}, word(`problem.${error.kind}.text`, values)),
    advice.length > 0 &&
      element('ol', {}, advice.map((key) => element('li', {}, word(`problem.${error.kind}.${key}`, values)))),
    error.kind === 'over' && session.isOpen &&
      element('button.primary', { type: 'button', onclick: signIn }, word('sign_in')),
  );
}

async function load() {
  try {
    providers = await api.providers();
    failed = null;
    announce(word('providers.loaded', { number: providers.length }));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    failed = error;
  }
}

async function begin() {
  await speak(preferred());
  try {
    await session.begin();
  } catch {
    failed = new Refused('login');
  }
  if (session.isOpen) {
    const view = sessionStorage.getItem(VIEW);
    sessionStorage.removeItem(VIEW);
    if (view && !location.hash) history.replaceState(null, '', view);
    draw();
    await load();
    if (!session.has(PEOPLE)) main.dataset.hidesPeople = 'true';
  }
  focusOn(draw());
}

window.addEventListener('hashchange', () => focusOn(draw()));
document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  focusOn(main);
});
document.querySelector('.languages').addEventListener('click', async (event) => {
  const language = event.target.value;
  if (!language || language === spoken()) return;
  keepLanguage(language);
  await speak(language);
  if (session.isOpen) await load();
  draw();
});

begin();
