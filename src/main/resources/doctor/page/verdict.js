// What a dry-run comes to: one sentence, and then the steps.

import { element, facts } from './dom.js';
import { summary, timeline } from './steps.js';
import { word } from './words.js';

const TONES = { tokens: 'ok', refused: 'refused', not_tried: 'unknown' };

/** @param rehearsed the API's answer */
export function verdictView(rehearsed) {
  const { verdict, steps } = rehearsed;
  const tone = TONES[verdict.outcome] ?? 'unknown';
  const refusing = steps.find((step) => step.verdict === 'refused');
  return element(
    'section.result',
    {},
    element(
      `div.callout.${tone}`,
      {},
      element('h3', {}, headline(verdict)),
      verdict.error_description && element('p', { lang: 'en' }, verdict.error_description),
      refusing?.advice && element('p.remedy', {}, element('strong', {}, `${word('step.advice')}: `), refusing.advice),
      verdict.user_created && element('p', {}, word('verdict.user_created')),
      facts([
        [word('verdict.status'), verdict.status],
        ['error', verdict.error],
        ['error_reason', verdict.error_reason],
        [word('verdict.detail'), verdict.detail],
      ]),
    ),
    Object.entries(verdict.claims ?? {}).map(([kind, claims]) => claimsOf(kind, claims)),
    steps.length > 0 && element('h3', {}, word('steps.title')),
    steps.length > 0 && element('p', {}, summary(steps)),
    steps.length > 0 && timeline(steps),
  );
}

export function headline(verdict) {
  return word(`outcome.${verdict.outcome}`, { reason: verdict.error_reason ?? verdict.error ?? '' });
}

function claimsOf(kind, claims) {
  const label = word('verdict.claims', { kind: word(`kind.${kind}`) });
  return element(
    'details.claims',
    {},
    element('summary', {}, label),
    element('pre', { tabindex: '0', role: 'region', 'aria-label': label }, JSON.stringify(claims, null, 2)),
  );
}
