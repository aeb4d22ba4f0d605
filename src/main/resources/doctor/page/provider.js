// One provider: its check, and a token that is tried at it.

import { MANAGE, PEOPLE, Refused } from './api.js';
import { announce, element, focusOn } from './dom.js';
import { trialForm } from './form.js';
import { factsOf, nameOf, state } from './providers.js';
import { providerSignIn } from './sign-in.js';
import { badge, summary, timeline } from './steps.js';
import { headline, verdictView } from './verdict.js';
import { spoken, word } from './words.js';

/** @param with_ the API, the session, the place, this provider's notes, and how a problem is shown */
export function providerView(provider, with_) {
  const { api, session, notes, problem } = with_;
  const name = nameOf(provider);
  const checked = element('div.results');
  const tried = element('div.results');
  const check = element('button.primary.do-check', { type: 'button', onclick: runCheck }, word('check.do'));
  const form = trialForm(provider, notes.fields, runTrial);

  async function runCheck() {
    await run(check, checked, word('check.running', { name }), async () => {
      notes.check = { answer: await api.check(provider.alias), language: spoken() };
      return [drawCheck(), word('check.done', { found: summary(notes.check.answer.steps) })];
    });
  }

  async function runTrial(parameters) {
    const button = form.querySelector('.do-send');
    await run(button, tried, word('try.running', { name }), async () => {
      notes.trial = { answer: await api.dryRun(provider.alias, parameters), language: spoken() };
      return [drawTrial(), headline(notes.trial.answer.verdict)];
    });
  }

  /** Keeps the button from being pressed twice, says what goes on, and moves to what came of it. */
  async function run(button, results, saying, work) {
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    announce(saying);
    results.replaceChildren(element('p.running', {}, saying));
    try {
      const [drawn, said] = await work();
      results.replaceChildren(drawn);
      announce(said);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      results.replaceChildren(problem(error, 'div'));
    } finally {
      button.removeAttribute('aria-disabled');
    }
    focusOn(results.querySelector('h3'));
  }

  function drawCheck() {
    const { answer, language } = notes.check;
    return element(
      'section.result',
      { lang: language },
      element('h3', {}, badge(answer.verdict), ' ', word(`check.verdict.${answer.verdict}`)),
      element('p', {}, summary(answer.steps)),
      timeline(answer.steps),
    );
  }

  function drawTrial() {
    const drawn = verdictView(notes.trial.answer);
    drawn.lang = notes.trial.language;
    return drawn;
  }

  if (notes.check) checked.append(drawCheck());
  if (notes.trial) tried.append(drawTrial());
  const tryTitle = element('h2', { id: 'try' }, word('try.title'));
  const view = element(
    'section',
    {},
    element('p', {}, element('a', { href: '#' }, word('providers.back'))),
    element('div.head', {}, element('h1', {}, name), state(provider)),
    factsOf(provider),
    (provider.warnings ?? []).length > 0 && element('h2', {}, word('provider.warnings')),
    (provider.warnings ?? []).length > 0 && timeline(provider.warnings),
    element('h2', { id: 'check' }, word('check.title')),
    element('p', {}, word('check.text')),
    !session.has(MANAGE) && element('p.hint', {}, word('check.needs', { role: MANAGE })),
    check,
    checked,
    tryTitle,
    element('p', {}, word('try.text')),
    !session.has(PEOPLE) && element('p.hint', {}, word('try.hides', { role: PEOPLE })),
    providerSignIn(provider, name, with_, runTrial),
    form,
    tried,
  );
  const next = notes.next;
  notes.next = null;
  if (next === 'check') queueMicrotask(runCheck);
  if (next === 'try') queueMicrotask(() => focusOn(tryTitle));
  return view;
}
