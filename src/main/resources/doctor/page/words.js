// What the page itself says, in English or German. What the doctor says comes from the server in the language that it is asked in.

const LANGUAGES = ['en', 'de'];
const KEPT = 'social-exchange-doctor-language';

let words = {};
let language = 'en';

export const spoken = () => language;

/** The language that was chosen here before, or the one that the server has chosen by the browser's. */
export function preferred() {
  const asked = new URLSearchParams(location.search).get('ui_locales');
  const kept = asked ? null : localStorage.getItem(KEPT);
  return LANGUAGES.includes(kept) ? kept : LANGUAGES.find((one) => one === document.documentElement.lang) ?? 'en';
}

export async function speak(wanted) {
  const answer = await fetch(new URL(`words_${wanted}.json`, import.meta.url));
  words = await answer.json();
  language = wanted;
  document.documentElement.lang = wanted;
  for (const node of document.querySelectorAll('[data-word]')) node.textContent = word(node.dataset.word);
  for (const node of document.querySelectorAll('[data-word-label]')) {
    node.setAttribute('aria-label', word(node.dataset.wordLabel));
  }
}

export function keepLanguage(chosen) {
  localStorage.setItem(KEPT, chosen);
}

/** `{name}` stands for a value; the key itself says that a word is missing. */
export function word(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)}/g, (gap, name) => String(values[name] ?? gap));
}

/** The word, or else what stands there for a machine. */
export function wordOr(key, otherwise) {
  return words[key] ?? otherwise;
}

export function milliseconds(number) {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 }).format(number);
}

/** @param {number} seconds since 1970 */
export function moment(seconds) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(seconds * 1000));
}
