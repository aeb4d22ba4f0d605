import { RealmError } from './answer.js';
import type { RealmClient } from './client.js';
import type { Tokens } from './contract.js';

/** Seconds before its end at which an access token is too old to be sent. */
const EARLY = 30;

/** Somebody who is signed in, in this page's memory and nowhere else. */
export class Session {
  #tokens: Tokens;
  #end: number;

  constructor(
    readonly client: RealmClient,
    tokens: Tokens,
  ) {
    this.#tokens = tokens;
    this.#end = endOf(tokens);
  }

  get tokens(): Tokens {
    return this.#tokens;
  }

  /**
   * For the next call of your back end.
   *
   * @returns null when the person has to sign in again
   * @throws RealmError when the realm does not answer; the person is still signed in
   */
  async accessToken(): Promise<string | null> {
    return (await this.current())?.access_token ?? null;
  }

  /** The same with all that belongs to it, for `headers()`, `link()` and `unlink()`. */
  async current(): Promise<Tokens | null> {
    if (Date.now() >= this.#end) {
      const before = this.#tokens;
      const answer = await this.client.refresh(before);
      if (answer.kind === 'refused') {
        return null;
      }
      if (answer.kind !== 'tokens') {
        throw new RealmError(answer);
      }
      if (this.#tokens === before) { // or somebody else who waited has done it
        this.#tokens = answer.tokens;
        this.#end = endOf(answer.tokens);
      }
    }
    return this.#tokens;
  }
}

function endOf({ expires_in }: Tokens): number {
  return Date.now() + (expires_in - EARLY) * 1000;
}
