import { cleaned, postTo, safe } from './address.js';
import { RealmError, refused, tokensOf, } from './answer.js';
import { CODE, EXCHANGE } from './contract.js';
import { authorized, parameters, send } from './http.js';
import { interactionOf, interactionParameters, newLogin } from './login.js';
const KEPT = 'social-exchange:';
const CODE_NOT_LOOKED_AT = ['throttled'];
export class RealmClient {
    #settings;
    #realm;
    #refreshing = new Map();
    constructor(settings) {
        this.#settings = settings;
        this.#realm = `${safe(settings.url).replace(/\/+$/, '')}/realms/${encodeURIComponent(settings.realm)}`;
    }
    async providers(alias) {
        const query = new URLSearchParams({ client_id: this.#settings.clientId, ...(alias && { alias }) });
        return (await this.#door(`providers?${query}`, {}, (body) => Array.isArray(body.providers))).providers;
    }
    async nonce() {
        return this.#door('nonce', { form: { client_id: this.#settings.clientId } }, (body) => typeof body.nonce === 'string');
    }
    async exchange(subject, options = {}) {
        const { interaction, signal, ...further } = options;
        const redirectUri = this.#redirectUri();
        const login = interaction === undefined && redirectUri ? newLogin(redirectUri) : undefined;
        const way = login ? await interactionOf(login) : interaction;
        const form = { scope: this.#scope(), ...(way && interactionParameters(way)), ...further, ...subject, grant_type: EXCHANGE };
        const answer = await this.#tokens(form, { signal, again: againWith(form) });
        return answer.kind === 'person_needed' ? { ...answer, provider: subject.subject_issuer, ...(login && { login }) } : answer;
    }
    async continueInBrowser({ link, login, provider }) {
        if (!login) {
            throw new TypeError('There was no redirect URI, or another library has begun this login');
        }
        await this.#leave(login, link, { kc_idp_hint: provider });
    }
    async login({ provider, maxAge } = {}) {
        const redirectUri = this.#redirectUri();
        if (!redirectUri) {
            throw new TypeError('redirectUri is missing');
        }
        await this.#leave(newLogin(redirectUri), undefined, { kc_idp_hint: provider, max_age: maxAge?.toString() });
    }
    async resume(address = location.href) {
        const back = new URL(address).searchParams;
        const key = KEPT + back.get('state');
        const kept = await this.#storage().getItem(key);
        if (!kept) {
            return null;
        }
        await this.#storage().removeItem(key);
        if (globalThis.location?.href === address) {
            history.replaceState(history.state, '', cleaned(address));
        }
        const issuer = back.get('iss');
        if (issuer && issuer !== (this.#settings.issuer ?? this.#realm)) {
            return refused('issuer_mismatch', 'The answer is not this realm’s');
        }
        const error = back.get('error');
        if (error) {
            return error === 'access_denied' ? { kind: 'turned_back' } : refused(error, back.get('error_description') ?? '');
        }
        const { verifier, redirect_uri } = JSON.parse(kept);
        const code = back.get('code') ?? '';
        return settled(await this.#tokens({ grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier }));
    }
    refresh({ refresh_token }) {
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
    async logout({ refresh_token, token_type }) {
        const [endpoint, name] = token_type === 'DPoP' ? ['revoke', 'token'] : ['logout', 'refresh_token'];
        const form = { client_id: this.#settings.clientId, [name]: refresh_token };
        const answer = settled(await this.#send(`protocol/openid-connect/${endpoint}`, { form }));
        return answer.kind === 'answered' ? { kind: 'logged_out' } : answer;
    }
    async link(tokens, subject) {
        const { subject_issuer, ...form } = subject;
        const call = { form, tokens, again: againWith(form) };
        const answer = settled(await this.#send(`social-exchange/links/${encodeURIComponent(subject_issuer)}`, call));
        return answer.kind === 'answered' ? { kind: 'linked', ...answer.body } : answer;
    }
    async links(tokens) {
        const answer = settled(await this.#send('account/linked-accounts?linked=true', { tokens }));
        if (answer.kind !== 'answered') {
            return answer;
        }
        return Array.isArray(answer.body) ? { kind: 'links', links: answer.body } : { kind: 'lost', status: answer.status };
    }
    async unlink(tokens, alias) {
        const call = { method: 'DELETE', tokens };
        const answer = settled(await this.#send(`account/linked-accounts/${encodeURIComponent(alias)}`, call));
        return answer.kind === 'answered' ? { kind: 'unlinked' } : answer;
    }
    headers(tokens, method, url) {
        return authorized(this.#settings, tokens, method, url);
    }
    async #leave(login, link, hints) {
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
    #loginPage(request) {
        const query = parameters({ response_type: 'code', code_challenge_method: 'S256', ...request });
        return `${this.#realm}/protocol/openid-connect/auth?${query}`;
    }
    async #door(path, call, isUsable) {
        const answer = settled(await this.#send(`social-exchange/${path}`, call));
        if (answer.kind !== 'answered') {
            throw new RealmError(answer);
        }
        if (!isUsable(answer.body ?? {})) {
            throw new RealmError({ kind: 'lost', status: answer.status });
        }
        return answer.body;
    }
    async #tokens(form, call = {}) {
        const answer = await this.#send('protocol/openid-connect/token', { ...call, form: { client_id: this.#settings.clientId, ...form } });
        return answer.kind === 'answered' ? tokensOf(answer, !!this.#settings.dpop) : answer;
    }
    #send(path, call) {
        return send(this.#settings, `${this.#realm}/${path}`, call);
    }
    #scope() {
        return this.#settings.scope ?? 'openid';
    }
    #redirectUri() {
        return this.#settings.redirectUri ?? (globalThis.location && `${location.origin}/`);
    }
    #storage() {
        return this.#settings.storage ?? sessionStorage;
    }
}
function againWith({ subject_token_type, code }) {
    return subject_token_type === CODE || code != null ? CODE_NOT_LOOKED_AT : undefined;
}
function settled(answer) {
    return answer.kind === 'person_needed' ? refused('interaction_required', answer.description) : answer;
}
