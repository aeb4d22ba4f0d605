// Steps in the order in which they were taken, each with its share of the time, its calls, and what to do about it.

import { element, facts } from './dom.js';
import { milliseconds, word, wordOr } from './words.js';

const WORST_FIRST = ['refused', 'warning', 'unknown', 'ok', 'skipped'];
const SIGNS = { refused: '✕', warning: '!', unknown: '?', ok: '✓', skipped: '–' };

export function badge(verdict) {
  return element(
    `span.badge.${SIGNS[verdict] ? verdict : 'unknown'}`,
    {},
    element('span', { 'aria-hidden': 'true' }, `${SIGNS[verdict] ?? '?'} `),
    wordOr(`verdict.${verdict}`, String(verdict)),
  );
}

/** How many there are of each verdict, the worst first, as one sentence. */
export function summary(steps) {
  return WORST_FIRST.map((verdict) => [verdict, steps.filter((step) => step.verdict === verdict).length])
    .filter(([, number]) => number > 0)
    .map(([verdict, number]) => `${number} ${wordOr(`verdict.${verdict}`, verdict)}`)
    .join(', ');
}

/** The time line. What is not well is opened. */
export function timeline(steps) {
  const whole = Math.max(1, steps.reduce((sum, step) => sum + step.took_ms, 0));
  let begun = 0;
  return element(
    'ol.steps',
    {},
    steps.map((step) => {
      const drawn = line(step, begun, whole);
      begun += step.took_ms;
      return drawn;
    }),
  );
}

function line(step, begun, whole) {
  const isBad = ['refused', 'warning', 'unknown'].includes(step.verdict);
  const details = element(
    'details',
    { open: isBad },
    element(
      'summary',
      {},
      badge(step.verdict),
      element('span.title', {}, step.title ?? step.name),
      element('span.track', { 'aria-hidden': 'true' }, bar(begun, step.took_ms, whole, 'step')),
      element('span.took', {}, milliseconds(step.took_ms)),
    ),
    element('div.inside', {}, found(step, begun, whole), advice(step)),
  );
  return element(`li.${SIGNS[step.verdict] ? step.verdict : 'unknown'}`, { 'data-step': step.name }, details);
}

function found(step, begun, whole) {
  const calls = step.calls ?? [];
  return element(
    'div.found',
    {},
    facts([
      [word('step.expected'), step.expected],
      [word('step.found'), step.found],
      [word('step.setting'), step.setting && `${step.setting.label} (${step.setting.key})`],
      [word('step.name'), step.name],
    ]),
    calls.length > 0 && element('h4', {}, word('step.calls')),
    calls.length > 0 && element('ul.calls', {}, calls.map((call) => made(call, begun, whole))),
  );
}

function made(call, begun, whole) {
  return element(
    'li',
    {},
    element('span.host', {}, call.host),
    element('span.outcome', {}, wordOr(`outcome.${call.outcome}`, call.outcome)),
    element('span.track', { 'aria-hidden': 'true' }, bar(begun, call.took_ms, whole, 'call')),
    element('span.took', {}, milliseconds(call.took_ms)),
  );
}

/** The policy forbids styles in markup, and lets a script set them. */
function bar(begun, took, whole, kind) {
  const drawn = element(`span.bar.${kind}`);
  const left = Math.min(99, (100 * begun) / whole);
  drawn.style.insetInlineStart = `${left}%`;
  drawn.style.inlineSize = `${Math.max(1, Math.min(100 - left, (100 * took) / whole))}%`;
  return drawn;
}

function advice(step) {
  return step.advice
    ? element(`aside.advice.${step.verdict}`, {}, element('h4', {}, word('step.advice')), element('p', {}, step.advice))
    : null;
}
