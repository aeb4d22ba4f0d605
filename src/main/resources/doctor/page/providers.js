// The list of the realm's providers.

import { element, facts } from './dom.js';
import { moment, word, wordOr } from './words.js';

/** @param open called with the alias and what is to be done there: `check` or `try` */
export function providersView(providers, open) {
  return element(
    'section',
    {},
    element('h1', {}, word('providers.title')),
    element('p', {}, word(providers.length ? 'providers.text' : 'providers.none')),
    element('ul.providers', {}, providers.map((provider) => card(provider, open))),
  );
}

export const nameOf = (provider) => provider.display_name || provider.alias;

/** What state it is in, as a word and a colour. */
export function state(provider) {
  const key = !provider.enabled ? 'disabled' : provider.open ? 'open' : 'closed';
  return element(`span.badge.${key === 'open' ? 'ok' : 'skipped'}`, {}, word(`state.${key}`));
}

export function factsOf(provider) {
  return facts([
    [word('fact.alias'), provider.alias],
    [word('fact.type'), provider.type],
    [word('fact.clients'), (provider.clients ?? []).join(', ') || word('fact.nobody')],
    [word('fact.kinds'), (provider.token_kinds ?? []).map((kind) => wordOr(`kind.${kind}`, kind)).join(', ')],
    [word('fact.proof'), provider.proof && wordOr(`proof.${provider.proof}`, provider.proof)],
    [word('fact.last_success'), provider.last_success ? moment(provider.last_success) : word('fact.never')],
    [word('fact.last_refusals'), refusals(provider.last_refusals ?? {})],
    [word('fact.last_drift_check'), drift(provider.last_drift_check)],
  ]);
}

function drift(watched) {
  return watched && word('fact.drift', { at: moment(watched.at), differences: watched.differences });
}

function refusals(byReason) {
  const lines = Object.entries(byReason).map(([reason, { count, last }]) =>
    element('li', {}, word('fact.refusal', { reason, count, last: moment(last) })));
  return lines.length ? element('ul', {}, lines) : null;
}

function card(provider, open) {
  const name = nameOf(provider);
  const warnings = (provider.warnings ?? []).length;
  return element(
    'li.card',
    { 'data-alias': provider.alias },
    element(
      'div.head',
      {},
      element('h2', {}, element('a', { href: `#/${encodeURIComponent(provider.alias)}` }, name)),
      state(provider),
      warnings > 0 && element('span.badge.warning', {}, word('providers.warnings', { number: warnings })),
    ),
    factsOf(provider),
    element(
      'div.actions',
      {},
      element(
        'button.primary.do-check',
        { type: 'button', 'aria-label': word('check.of', { name }), onclick: () => open(provider.alias, 'check') },
        word('check.do'),
      ),
      element(
        'button.do-try',
        { type: 'button', 'aria-label': word('try.of', { name }), onclick: () => open(provider.alias, 'try') },
        word('try.title'),
      ),
    ),
  );
}
