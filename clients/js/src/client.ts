import { cleaned, postTo, safe } from './address.js';
import {
  type Exchanged,
  type Failure,
  type Granted,
  type Linked,
  type Links,
  type Needed,
  type PersonNeeded,
  RealmError,
  refused,
  type Refreshed,
  type Resumed,
  tokensOf,
  type Unlinked,
} from './answer.js';
import { CODE, EXCHANGE, type Nonce, type Provider, type Subject, type Tokens } from './contract.js';
import { authorized, type Call, type Form, type Outcome, parameters, send } from './http.js';
import { interactionOf, interactionParameters, type Login, newLogin } from './login.js';
import type { ExchangeOptions, Keep, LoginOptions, Settings } from './settings.js';

const KEPT = 'social-exchange:';

/** After anything else a code may be used up: docs/exchange.md, "The provider, or this server, does not answer". */
const CODE_NOT_LOOKED_AT = ['throttled'];

/** A front end's way to the realm, as a public client. */
export class RealmClient {
  readonly #settings: Settings;
  readonly #realm: string;
  readonly #refreshing = new Map<string, Promise<Refreshed>>();

  /** @throws TypeError if Keycloak's address is not HTTPS, and not on this machine */
  constructor(settings: Settings) {
    this.#settings = settings;
    this.#realm = `${safe(settings.url).replace(/\/+$/, '')}/realms/${encodeURIComponent(settings.realm)}`;
  }

  /**
   * To draw buttons for, in the order of the login page.
   *
   * @param alias this one alone, also if the login page hides it
   * @throws RealmError
   */
  async providers(alias?: string): Promise<Provider[]> {
    const query = new URLSearchParams({ client_id: this.#settings.clientId, ...(alias && { alias }) });
    return (await this.#door(`providers?${query}`, {}, (body) => Array.isArray(body.providers))).providers;
  }

  /**
   * `provider_nonce` is for the provider's SDK, `nonce` for the exchange of the id_token that comes of it.
   *
   * @throws RealmError
   */
  async nonce(): Promise<Nonce> {
    return this.#door('nonce', { form: { client_id: this.#settings.clientId } }, (body) => typeof body.nonce === 'string');
  }

  /** Sends a provider's token, and gets the realm's. */
  async exchange(subject: Subject, options: ExchangeOptions = {}): Promise<Exchanged> {
    const { interaction, signal, ...further } = options;
    const redirectUri = this.#redirectUri();
    const login = interaction === undefined && redirectUri ? newLogin(redirectUri) : undefined;
    const way = login ? await interactionOf(login) : interaction;
    const form = { scope: this.#scope(), ...(way && interactionParameters(way)), ...further, ...subject, grant_type: EXCHANGE };
    const answer = await this.#tokens(form, { signal, again: againWith(form) });
    return answer.kind === 'person_needed' ? { ...answer, provider: subject.subject_issuer, ...(login && { login }) } : answer;
  }

  /** Leaves the page, for those of the realm's that the person is needed on. The browser comes back to `redirectUri`: {@link resume}. */
  async continueInBrowser({ link, login, provider }: PersonNeeded): Promise<void> {
    if (!login) {
      throw new TypeError('There was no redirect URI, or another library has begun this login');
    }
    await this.#leave(login, link, { kc_idp_hint: provider });
  }

  /** An ordinary login in the browser, which comes back to {@link resume} as well. */
  async login({ provider, maxAge }: LoginOptions = {}): Promise<void> {
    const redirectUri = this.#redirectUri();
    if (!redirectUri) {
      throw new TypeError('redirectUri is missing');
    }
    await this.#leave(newLogin(redirectUri), undefined, { kc_idp_hint: provider, max_age: maxAge?.toString() });
  }

  /**
   * Call it when the page loads: if the browser comes back from a login of this client's, the address is cleaned and the code redeemed.
   *
   * @param address that the browser has come back to
   * @returns null if it comes from elsewhere; then nothing is touched
   */
  async resume(address: string = location.href): Promise<Resumed | null> {
    const back = new URL(address).searchParams;
    const key = KEPT + back.get('state');
    const kept = await this.#storage().getItem(key);
    if (!kept) {
      return null;
    }
    await this.#storage().removeItem(key); // one login, one answer
    if (globalThis.location?.href === address) {
      history.replaceState(history.state, '', cleaned(address));
    }
    const issuer = back.get('iss');
    if (issuer && issuer !== (this.#settings.issuer ?? this.#realm)) {
      return refused('issuer_mismatch', 'The answer is not this realm’s'); // RFC 9207
    }
    const error = back.get('error');
    if (error) {
      return error === 'access_denied' ? { kind: 'turned_back' } : refused(error, back.get('error_description') ?? '');
    }
    const { verifier, redirect_uri }: Login = JSON.parse(kept);
    const code = back.get('code') ?? '';
    return settled(await this.#tokens({ grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier }));
  }

  /**
   * New tokens of the same session; `refused` means that the person has to sign in again. There is one request for each refresh token,
   * however many ask: a realm may take one that is used twice for a stolen one.
   */
  refresh({ refresh_token }: Tokens): Promise<Refreshed> {
    if (!refresh_token) {
      return Promise.resolve(refused('invalid_grant', 'There is no refresh token'));
    }
    let running = this.#refreshing.get(refresh_token);
    if (!running) {
      running = this.#tokens({ grant_type: 'refresh_token', refresh_token })
        .then(settled)
        .finally(() => this.#refreshing.delete(refresh_token));
      this.#refreshing.set(refresh_token, running);
    }
    return running;
  }

  /**
   * Ends the session in the realm. Keycloak (26.7) logs nobody out by a token that is bound to a key; such a token is revoked instead
   * (RFC 7009), which ends the session unless another client has a part in it.
   */
  async logout({ refresh_token, token_type }: Tokens): Promise<{ kind: 'logged_out' } | Failure> {
    const [endpoint, name] = token_type === 'DPoP' ? (['revoke', 'token'] as const) : (['logout', 'refresh_token'] as const);
    const form = { client_id: this.#settings.clientId, [name]: refresh_token };
    const answer = settled(await this.#send(`protocol/openid-connect/${endpoint}`, { form }));
    return answer.kind === 'answered' ? { kind: 'logged_out' } : answer;
  }

  /** Links the provider's account to the user of these tokens (docs/resource.md). */
  async link(tokens: Tokens, subject: Subject): Promise<Linked> {
    const { subject_issuer, ...form } = subject;
    const call = { form, tokens, again: againWith(form) };
    const answer = settled(await this.#send(`social-exchange/links/${encodeURIComponent(subject_issuer)}`, call));
    return answer.kind === 'answered' ? { kind: 'linked', ...answer.body } : answer;
  }

  /** What is linked, by Keycloak's account API. */
  async links(tokens: Tokens): Promise<Links> {
    const answer = settled(await this.#send('account/linked-accounts?linked=true', { tokens }));
    if (answer.kind !== 'answered') {
      return answer;
    }
    return Array.isArray(answer.body) ? { kind: 'links', links: answer.body } : { kind: 'lost', status: answer.status };
  }

  /** Takes a link away, by Keycloak's account API. The last one of a user who has no password stays. */
  async unlink(tokens: Tokens, alias: string): Promise<Unlinked> {
    const call = { method: 'DELETE', tokens };
    const answer = settled(await this.#send(`account/linked-accounts/${encodeURIComponent(alias)}`, call));
    return answer.kind === 'answered' ? { kind: 'unlinked' } : answer;
  }

  /** For a request of yours that these tokens authorize: `Authorization`, and `DPoP` if they are bound to a key. */
  headers(tokens: Tokens, method: string, url: string): Promise<Record<string, string>> {
    return authorized(this.#settings, tokens, method, url);
  }

  async #leave(login: Login, link: string | undefined, hints: Form): Promise<void> {
    const { open, clientId } = this.#settings;
    const { code_challenge, ...begun } = await interactionOf(login);
    await this.#storage().setItem(KEPT + login.state, JSON.stringify(login));
    if (link && !open) {
      postTo(link);
      return;
    }
    const page = this.#loginPage({ client_id: clientId, scope: this.#scope(), code_challenge, ...begun, ...hints });
    await (open ? open(link ? safe(link) : page) : location.assign(page));
  }

  #loginPage(request: Form): string {
    const query = parameters({ response_type: 'code', code_challenge_method: 'S256', ...request });
    return `${this.#realm}/protocol/openid-connect/auth?${query}`;
  }

  async #door(path: string, call: Call, isUsable: (body: any) => boolean): Promise<any> {
    const answer = settled(await this.#send(`social-exchange/${path}`, call));
    if (answer.kind !== 'answered') {
      throw new RealmError(answer);
    }
    if (!isUsable(answer.body ?? {})) {
      throw new RealmError({ kind: 'lost', status: answer.status });
    }
    return answer.body;
  }

  async #tokens(form: Form, call: Call = {}): Promise<Granted | Failure | Needed> {
    const answer = await this.#send('protocol/openid-connect/token', { ...call, form: { client_id: this.#settings.clientId, ...form } });
    return answer.kind === 'answered' ? tokensOf(answer, !!this.#settings.dpop) : answer;
  }

  #send(path: string, call: Call): Promise<Outcome> {
    return send(this.#settings, `${this.#realm}/${path}`, call);
  }

  #scope(): string {
    return this.#settings.scope ?? 'openid';
  }

  #redirectUri(): string | undefined {
    return this.#settings.redirectUri ?? (globalThis.location && `${location.origin}/`);
  }

  #storage(): Keep {
    return this.#settings.storage ?? sessionStorage;
  }
}

/** A code, alone or beside an id_token, is good for one request, unless nobody has looked at that. */
function againWith({ subject_token_type, code }: Form): readonly string[] | undefined {
  return subject_token_type === CODE || code != null ? CODE_NOT_LOOKED_AT : undefined;
}

/** What only an exchange may be told is no answer to anything else. */
function settled<Other>(answer: Other | Needed): Other | Failure {
  return (answer as Needed).kind === 'person_needed' ? refused('interaction_required', (answer as Needed).description) : (answer as Other);
}
