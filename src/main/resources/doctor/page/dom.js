// Elements made of text: nothing that comes from a server is ever read as markup.

/**
 * @param {string} name of the element, or `name.class.class`
 * @param {Object} properties attributes; those that begin with `on` are listeners; `false`, `null` and `undefined` are left out
 * @param {...(Node|string|number|null|undefined|false)} children text stays text
 */
export function element(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
  return made;
}

/** Pairs of a list of descriptions; those without a value are left out. */
export function facts(pairs) {
  return element(
    'dl.facts',
    {},
    pairs
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  );
}

/** Moves the keyboard and the screen reader there. */
export function focusOn(node) {
  node.setAttribute('tabindex', '-1');
  node.focus();
  node.scrollIntoView({ block: 'start' });
}

/** Said by screen readers, without moving anybody. */
export function announce(text) {
  document.getElementById('status').textContent = text;
}
