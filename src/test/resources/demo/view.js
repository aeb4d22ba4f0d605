// Everything that is drawn. Text goes in as text, never as HTML: names and claims come from strangers.

import { claimsOf } from './oauth.js';
import { shortened } from './wire.js';

const TIMES = new Set(['exp', 'iat', 'nbf', 'auth_time']);
const $ = id => document.getElementById(id);

/** Kinds: done, hold (the person has to do something), refused. */
export function showOutcome(kind, title, text, facts = []) {
  $('result').hidden = false;
  $('outcome').className = `outcome ${kind}`;
  $('result-title').textContent = title;
  $('result-text').textContent = text;
  $('result-facts').textContent = facts.join(' · ');
  $('status').textContent = `${title}. ${text}`;
  $('result-title').focus({ preventScroll: true });
  $('result').scrollIntoView({ block: 'start' });
}

export async function whileBusy(what, promise) {
  $('status').textContent = `${what} …`;
  document.body.ariaBusy = 'true';
  try {
    return await promise;
  } finally {
    document.body.ariaBusy = 'false';
  }
}

export function showTokens(place, tokens, owner, instead = 'No token.') {
  $(`${place}-title`).textContent = `From ${owner}`;
  const cards = tokens.map(({ name, token }, position) => tokenCard(name, token, position === 0));
  $(place).replaceChildren(...(cards.length ? cards : [element('p', 'empty', instead)]));
}

function tokenCard(name, token, open) {
  const claims = claimsOf(token);
  const summary = element('summary', '', name);
  summary.append(element('span', '', claims ? 'a JWT' : 'opaque'));
  const card = element('details', 'token');
  card.open = open;
  card.append(summary, element('code', 'raw', shortened(token)));
  card.append(claims ? claimsTable(name, claims) : element('p', '', 'Only whoever issued it can say what it means.'));
  return card;
}

function claimsTable(name, claims) {
  const table = element('table');
  table.ariaLabel = `Claims of the ${name}`;
  const body = element('tbody');
  for (const [claim, value] of Object.entries(claims)) {
    const row = element('tr');
    const head = element('th', '', claim);
    head.scope = 'row';
    const cell = element('td', '', typeof value === 'string' ? value : JSON.stringify(value));
    if (TIMES.has(claim)) {
      cell.append(element('small', '', new Date(value * 1000).toLocaleString()));
    }
    row.append(head, cell);
    body.append(row);
  }
  table.append(body);
  return table;
}

function element(tag, className = '', text = '') {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}
