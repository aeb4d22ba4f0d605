// <social-exchange-buttons url="https://keycloak.example" realm="social" client-id="demo-spa"></social-exchange-buttons>

import { RealmClient } from './client.js';
import type { Provider } from './contract.js';
import { MARKS } from './marks.js';

/** What stands on the page, with the provider's name in place of `{}`. */
const TEXTS = {
  en: { button: 'Continue with {}', group: 'Ways to sign in', failed: 'The ways to sign in could not be loaded.', again: 'Try again' },
  de: { button: 'Weiter mit {}', group: 'Anmeldewege', failed: 'Die Anmeldewege konnten nicht geladen werden.', again: 'Noch einmal versuchen' },
};

/** The page's own colours, so that they fit whatever `color-scheme` it has, and forced colours, too. */
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

declare global {
  interface HTMLElementTagNameMap {
    'social-exchange-buttons': SocialExchangeButtons;
  }
}

export interface SocialExchangeButtonsEventMap extends HTMLElementEventMap {
  /** Somebody has chosen a provider: ask its SDK for a token, in this very turn if it opens a window. */
  choose: CustomEvent<Provider>;
  /** The realm does not say which providers there are; the element shows that, with a button to ask again. */
  failed: CustomEvent<unknown>;
}

/** A server that renders the page first has no elements, and draws nothing. */
const Element = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * A button for each provider that is open for the client. Attributes: `url`, `realm`, `client-id`, `link-only` (also those that sign nobody
 * in, for pages where accounts are linked), `disabled`, `text` (such as `Sign up with {}`), `group` (the name of all of them). Texts are
 * English, or German where the nearest `lang` says so. Parts: `button`, `mark`, `name`. Custom properties: `--social-exchange-text`,
 * `-background`, `-border`, `-radius`, `-focus`, `-gap`.
 */
export class SocialExchangeButtons extends Element {
  static readonly observedAttributes = ['url', 'realm', 'client-id', 'link-only', 'disabled', 'text', 'group', 'lang'];

  readonly #root = this.attachShadow({ mode: 'open', delegatesFocus: true });
  #client: RealmClient | undefined;
  #providers: readonly Provider[] | undefined;
  /** The last one counts, whichever comes first. */
  #asked = 0;

  constructor() {
    super();
    const sheet = new CSSStyleSheet(); // a content security policy without inline styles lets it be
    sheet.replaceSync(STYLES);
    this.#root.adoptedStyleSheets = [sheet];
  }

  /** In place of `url`, `realm` and `client-id`. */
  set client(client: RealmClient) {
    this.#client = client;
    this.#providers = undefined;
    this.#load();
  }

  /** What is drawn; set, nobody is asked. */
  get providers(): readonly Provider[] {
    return this.#providers ?? [];
  }

  set providers(providers: readonly Provider[]) {
    this.#asked++;
    this.#providers = providers;
    this.#draw();
  }

  connectedCallback(): void {
    // What a page has set before this script was there stands in the way of the setters.
    for (const name of ['client', 'providers'] as const) {
      const early = Object.getOwnPropertyDescriptor(this, name);
      if (early) {
        delete (this as Partial<this>)[name];
        this[name] = early.value;
      }
    }
    if (!this.#providers) {
      this.#load();
    }
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.isConnected || before === now) {
      return;
    }
    if (['url', 'realm', 'client-id'].includes(name)) {
      this.#load();
    } else if (name === 'disabled') {
      this.#root.querySelectorAll('button').forEach((button) => this.#enable(button)); // the focus stays where it is
    } else if (this.#providers) {
      this.#draw();
    }
  }

  override addEventListener<Name extends keyof SocialExchangeButtonsEventMap>(
    type: Name,
    listener: (this: SocialExchangeButtons, event: SocialExchangeButtonsEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  override addEventListener(type: string, listener: any, options?: boolean | AddEventListenerOptions): void {
    super.addEventListener(type, listener, options);
  }

  /** An element that comes with its page is told of each attribute, and then that it is there: that is one question. */
  #load(): void {
    const asked = ++this.#asked;
    queueMicrotask(() => asked === this.#asked && this.#ask(asked));
  }

  async #ask(asked: number): Promise<void> {
    const [url, realm, clientId] = ['url', 'realm', 'client-id'].map((name) => this.getAttribute(name));
    if (!this.isConnected || !(this.#client || (url && realm && clientId))) {
      return;
    }
    this.ariaBusy = 'true';
    try {
      const client = this.#client ?? new RealmClient({ url: url!, realm: realm!, clientId: clientId! });
      const providers = await client.providers();
      if (asked === this.#asked) {
        this.providers = providers;
      }
    } catch (problem) {
      if (asked === this.#asked) {
        this.#complain();
        this.dispatchEvent(new CustomEvent('failed', { detail: problem }));
      }
    }
  }

  #draw(): void {
    const shown = this.providers.filter((provider) => !provider.link_only || this.hasAttribute('link-only'));
    const group = element('div');
    group.role = 'group';
    group.ariaLabel = this.getAttribute('group') ?? this.#texts().group;
    group.append(...shown.map((provider) => this.#button(provider)));
    this.#show(group);
  }

  #button(provider: Provider): HTMLButtonElement {
    const text = (this.getAttribute('text') ?? this.#texts().button).replace('{}', () => provider.display_name);
    const button = element('button', '', 'button') as HTMLButtonElement;
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

  #enable(button: HTMLButtonElement): void {
    button.ariaDisabled = String(this.hasAttribute('disabled'));
  }

  #complain(): void {
    const again = element('button', this.#texts().again, 'button') as HTMLButtonElement;
    again.type = 'button';
    again.addEventListener('click', () => this.#load());
    const alert = element('div');
    alert.role = 'alert';
    alert.append(element('p', this.#texts().failed), again);
    this.#show(alert);
  }

  #show(content: HTMLElement): void {
    this.#root.replaceChildren(content);
    this.ariaBusy = 'false';
  }

  #texts(): (typeof TEXTS)['en'] {
    return /^de\b/i.test(this.closest('[lang]')?.getAttribute('lang') ?? '') ? TEXTS.de : TEXTS.en;
  }
}

/** The login theme's mark, or the name's beginning: not a logo of anybody's, and said by the name beside it. */
function markOf({ alias, type, display_name }: Provider): HTMLElement {
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

/** Text goes in as text: names come from strangers. */
function element(tag: string, text = '', part = ''): HTMLElement {
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
