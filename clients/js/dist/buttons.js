import { RealmClient } from './client.js';
import { MARKS } from './marks.js';
const TEXTS = {
    en: { button: 'Continue with {}', group: 'Ways to sign in', failed: 'The ways to sign in could not be loaded.', again: 'Try again' },
    de: { button: 'Weiter mit {}', group: 'Anmeldewege', failed: 'Die Anmeldewege konnten nicht geladen werden.', again: 'Noch einmal versuchen' },
};
const STYLES = `
:host { display: block; font: inherit; }
:host([hidden]) { display: none; }
div { display: grid; gap: var(--social-exchange-gap, .6rem); }
p { margin: 0; }
button {
  display: flex; align-items: center; gap: .75rem; inline-size: 100%; min-block-size: 2.75rem; padding: .5rem .9rem;
  font: inherit; font-weight: 550; text-align: start; overflow-wrap: anywhere; cursor: pointer;
  color: var(--social-exchange-text, CanvasText); background: var(--social-exchange-background, Canvas);
  border: 1px solid var(--social-exchange-border, color-mix(in srgb, CanvasText 55%, Canvas)); border-radius: var(--social-exchange-radius, .55rem);
}
button:hover { background: color-mix(in srgb, CanvasText 7%, Canvas); }
button:focus-visible { outline: 3px solid var(--social-exchange-focus, Highlight); outline-offset: 2px; }
button[aria-disabled='true'] { cursor: default; opacity: .6; }
.mark {
  flex: none; display: grid; place-items: center; inline-size: 1.75rem; block-size: 1.75rem; border-radius: .375rem;
  font-size: .8rem; font-weight: 700; background: #475569; color: #fff; box-shadow: 0 0 0 1px color-mix(in srgb, CanvasText 25%, Canvas);
}
@media (prefers-reduced-motion: no-preference) { button { transition: background-color .12s; } }
`;
const Element = globalThis.HTMLElement ?? class {
};
export class SocialExchangeButtons extends Element {
    static observedAttributes = ['url', 'realm', 'client-id', 'link-only', 'disabled', 'text', 'group', 'lang'];
    #root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    #client;
    #providers;
    #asked = 0;
    constructor() {
        super();
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLES);
        this.#root.adoptedStyleSheets = [sheet];
    }
    set client(client) {
        this.#client = client;
        this.#providers = undefined;
        this.#load();
    }
    get providers() {
        return this.#providers ?? [];
    }
    set providers(providers) {
        this.#asked++;
        this.#providers = providers;
        this.#draw();
    }
    connectedCallback() {
        for (const name of ['client', 'providers']) {
            const early = Object.getOwnPropertyDescriptor(this, name);
            if (early) {
                delete this[name];
                this[name] = early.value;
            }
        }
        if (!this.#providers) {
            this.#load();
        }
    }
    attributeChangedCallback(name, before, now) {
        if (!this.isConnected || before === now) {
            return;
        }
        if (['url', 'realm', 'client-id'].includes(name)) {
            this.#load();
        }
        else if (name === 'disabled') {
            this.#root.querySelectorAll('button').forEach((button) => this.#enable(button));
        }
        else if (this.#providers) {
            this.#draw();
        }
    }
    addEventListener(type, listener, options) {
        super.addEventListener(type, listener, options);
    }
    #load() {
        const asked = ++this.#asked;
        queueMicrotask(() => asked === this.#asked && this.#ask(asked));
    }
    async #ask(asked) {
        const [url, realm, clientId] = ['url', 'realm', 'client-id'].map((name) => this.getAttribute(name));
        if (!this.isConnected || !(this.#client || (url && realm && clientId))) {
            return;
        }
        this.ariaBusy = 'true';
        try {
            const client = this.#client ?? new RealmClient({ url: url, realm: realm, clientId: clientId });
            const providers = await client.providers();
            if (asked === this.#asked) {
                this.providers = providers;
            }
        }
        catch (problem) {
            if (asked === this.#asked) {
                this.#complain();
                this.dispatchEvent(new CustomEvent('failed', { detail: problem }));
            }
        }
    }
    #draw() {
        const shown = this.providers.filter((provider) => !provider.link_only || this.hasAttribute('link-only'));
        const group = element('div');
        group.role = 'group';
        group.ariaLabel = this.getAttribute('group') ?? this.#texts().group;
        group.append(...shown.map((provider) => this.#button(provider)));
        this.#show(group);
    }
    #button(provider) {
        const text = (this.getAttribute('text') ?? this.#texts().button).replace('{}', () => provider.display_name);
        const button = element('button', '', 'button');
        button.type = 'button';
        button.append(markOf(provider), element('span', text, 'name'));
        button.addEventListener('click', () => {
            if (!this.hasAttribute('disabled')) {
                this.dispatchEvent(new CustomEvent('choose', { detail: provider, bubbles: true, composed: true }));
            }
        });
        this.#enable(button);
        return button;
    }
    #enable(button) {
        button.ariaDisabled = String(this.hasAttribute('disabled'));
    }
    #complain() {
        const again = element('button', this.#texts().again, 'button');
        again.type = 'button';
        again.addEventListener('click', () => this.#load());
        const alert = element('div');
        alert.role = 'alert';
        alert.append(element('p', this.#texts().failed), again);
        this.#show(alert);
    }
    #show(content) {
        this.#root.replaceChildren(content);
        this.ariaBusy = 'false';
    }
    #texts() {
        return /^de\b/i.test(this.closest('[lang]')?.getAttribute('lang') ?? '') ? TEXTS.de : TEXTS.en;
    }
}
function markOf({ alias, type, display_name }) {
    const [initials, ground, ink] = (MARKS[alias] ?? MARKS[type] ?? [...display_name].slice(0, 2).join('')).split(' ');
    const mark = element('span', initials, 'mark');
    mark.className = 'mark';
    mark.ariaHidden = 'true';
    if (ground && ink) {
        mark.style.background = ground;
        mark.style.color = ink;
    }
    return mark;
}
function element(tag, text = '', part = '') {
    const created = document.createElement(tag);
    created.textContent = text;
    if (part) {
        created.setAttribute('part', part);
    }
    return created;
}
if (globalThis.customElements && !customElements.get('social-exchange-buttons')) {
    customElements.define('social-exchange-buttons', SocialExchangeButtons);
}
