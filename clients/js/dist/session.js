import { RealmError } from './answer.js';
const EARLY = 30;
export class Session {
    client;
    #tokens;
    #end;
    constructor(client, tokens) {
        this.client = client;
        this.#tokens = tokens;
        this.#end = endOf(tokens);
    }
    get tokens() {
        return this.#tokens;
    }
    async accessToken() {
        return (await this.current())?.access_token ?? null;
    }
    async current() {
        if (Date.now() >= this.#end) {
            const before = this.#tokens;
            const answer = await this.client.refresh(before);
            if (answer.kind === 'refused') {
                return null;
            }
            if (answer.kind !== 'tokens') {
                throw new RealmError(answer);
            }
            if (this.#tokens === before) {
                this.#tokens = answer.tokens;
                this.#end = endOf(answer.tokens);
            }
        }
        return this.#tokens;
    }
}
function endOf({ expires_in }) {
    return Date.now() + (expires_in - EARLY) * 1000;
}
