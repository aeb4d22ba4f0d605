// The parameters of an exchange that is only tried.

import { element } from './dom.js';
import { word } from './words.js';

/** What fits most front ends comes first. */
export const KINDS = {
  id_token: 'urn:ietf:params:oauth:token-type:id_token',
  access_token: 'urn:ietf:params:oauth:token-type:access_token',
  authorization_code: 'urn:keycloak:social-exchange:token-type:authorization_code',
  signed_data: 'urn:keycloak:social-exchange:token-type:signed_data',
};

/** Which fields belong to which kind; all are the exchange's own parameters. */
const FIELDS = [
  { name: 'nonce', kinds: ['id_token', 'authorization_code'] },
  { name: 'redirect_uri', kinds: ['authorization_code'], type: 'url' },
  { name: 'code_verifier', kinds: ['authorization_code'] },
  { name: 'access_token', kinds: ['id_token'], long: true, further: true },
  { name: 'user', kinds: ['id_token', 'authorization_code'], further: true },
  { name: 'scope', further: true },
  { name: 'requested_token_type', further: true },
  { name: 'audience', further: true },
];

/**
 * @param fields what was entered before, and what is entered from now on
 * @param onsend called with the parameters
 */
export function trialForm(provider, fields, onsend) {
  const kinds = Object.keys(KINDS).filter((kind) => provider.token_kinds?.includes(kind));
  const offered = kinds.length ? kinds : Object.keys(KINDS);
  fields.kind = offered.includes(fields.kind) ? fields.kind : offered[0];
  fields.client_id ??= provider.clients?.[0] ?? '';
  const form = element(
    'form.trial',
    { novalidate: true, autocomplete: 'off', onsubmit: submitted },
    client(provider, fields),
    labelled('kind', word('field.kind'), null, element(
      'select',
      { onchange: (event) => { fields.kind = event.target.value; showFieldsOfKind(); } },
      offered.map((kind) => element('option', { value: kind, selected: kind === fields.kind }, word(`kind.${kind}`))),
    )),
    input(fields, { name: 'subject_token', long: true, required: true }),
    FIELDS.filter((field) => !field.further).map((field) => input(fields, field)),
    useCode(fields),
    element(
      'details',
      {},
      element('summary', {}, word('field.further')),
      FIELDS.filter((field) => field.further).map((field) => input(fields, field)),
    ),
    element('button.primary.do-send', { type: 'submit' }, word('try.do')),
  );

  function showFieldsOfKind() {
    for (const part of form.querySelectorAll('[data-kinds]')) {
      part.hidden = !part.dataset.kinds.split(' ').includes(fields.kind);
    }
  }

  function submitted(event) {
    event.preventDefault();
    const missing = [...form.querySelectorAll('[required]')].find((one) => !one.value.trim());
    for (const one of form.querySelectorAll('[required]')) {
      one.setAttribute('aria-invalid', String(!one.value.trim()));
      one.closest('.field').querySelector('.mistake').hidden = Boolean(one.value.trim());
    }
    if (missing) missing.focus();
    else onsend(parameters(fields));
  }

  showFieldsOfKind();
  return form;
}

function parameters(fields) {
  const sent = { client_id: fields.client_id, subject_token_type: KINDS[fields.kind], subject_token: fields.subject_token };
  for (const { name, kinds } of FIELDS) {
    if (!kinds || kinds.includes(fields.kind)) sent[name] = fields[name];
  }
  if (fields.kind === 'authorization_code' && fields.use_code) sent.use_code = 'true';
  return sent;
}

function client(provider, fields) {
  const list = element('datalist', { id: 'clients' }, (provider.clients ?? []).map((id) => element('option', { value: id })));
  const field = input(fields, { name: 'client_id', required: true, list: 'clients' });
  field.append(list);
  return field;
}

function input(fields, { name, kinds, long, required, type, list }) {
  const control = element(long ? 'textarea' : 'input', {
    name,
    type: long ? null : type ?? 'text',
    rows: long ? 3 : null,
    list,
    required,
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    oninput: (event) => { fields[name] = event.target.value.trim(); },
  });
  control.value = fields[name] ?? '';
  const field = labelled(name, word(`field.${name}`), word(`hint.${name}`), control);
  if (kinds) field.dataset.kinds = kinds.join(' ');
  return field;
}

function labelled(name, label, hint, control) {
  const id = `field-${name}`;
  control.id = id;
  const described = [hint && `${id}-hint`, control.hasAttribute('required') && `${id}-mistake`].filter(Boolean);
  if (described.length) control.setAttribute('aria-describedby', described.join(' '));
  return element(
    'div.field',
    {},
    element('label', { for: id }, label),
    hint && element('p.hint', { id: `${id}-hint` }, hint),
    control,
    control.hasAttribute('required') &&
      element('p.mistake', { id: `${id}-mistake`, hidden: true }, word('field.required', { field: label })),
  );
}

function useCode(fields) {
  const box = element('input', {
    type: 'checkbox',
    id: 'field-use_code',
    name: 'use_code',
    'aria-describedby': 'field-use_code-hint',
    onchange: (event) => { fields.use_code = event.target.checked; },
  });
  box.checked = Boolean(fields.use_code);
  return element(
    'div.field.box',
    { 'data-kinds': 'authorization_code' },
    box,
    element('label', { for: 'field-use_code' }, word('field.use_code')),
    element('p.hint', { id: 'field-use_code-hint' }, word('hint.use_code')),
  );
}
