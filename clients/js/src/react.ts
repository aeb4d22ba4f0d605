import { useCallback, useEffect, useState } from 'react';
import { type Answer, type Exchanged, type Failure, RealmError, type Resumed } from './answer.js';
import type { RealmClient } from './client.js';
import type { Provider, Subject } from './contract.js';
import type { ExchangeOptions } from './settings.js';

export interface SocialExchange {
  /** To draw buttons for; empty until they are known. */
  providers: readonly Provider[];
  /** What the last exchange, or coming back from the browser, has come to. */
  answer: Answer | null;
  /** The browser's coming back, or an exchange, is under way. */
  busy: boolean;
  /** Why the providers are not known. */
  problem: Failure | null;
  /**
   * Exchanges what a provider's SDK gives.
   *
   * @throws what the SDK's promise throws: mostly that the person has closed its window
   */
  signIn(subject: Subject | Promise<Subject>, options?: ExchangeOptions): Promise<Exchanged>;
  /** Leaves the page; does nothing unless the answer is `person_needed`. */
  continueInBrowser(): Promise<void>;
  /** Forgets the answer: after a logout, or to begin anew. */
  reset(): void;
}

/** A browser comes back once, however often React mounts a component. */
const arrivals = new WeakMap<RealmClient, Promise<Resumed | null>>();

function arrivalOf(client: RealmClient): Promise<Resumed | null> {
  let arrival = arrivals.get(client);
  if (!arrival) {
    arrival = client.resume();
    arrivals.set(client, arrival);
  }
  return arrival;
}

/** @param client made once, outside of components */
export function useSocialExchange(client: RealmClient): SocialExchange {
  const [providers, setProviders] = useState<readonly Provider[]>([]);
  const [problem, setProblem] = useState<Failure | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(true);

  useEffect(() => {
    let mounted = true;
    const ifMounted =
      <Value>(then: (value: Value) => void) =>
      (value: Value) => {
        if (mounted) {
          then(value);
        }
      };
    arrivalOf(client).then(ifMounted((arrived) => arrived && setAnswer(arrived))).finally(() => ifMounted(setBusy)(false));
    client.providers().then(
      ifMounted(setProviders),
      ifMounted((error: unknown) => setProblem(error instanceof RealmError ? error.failure : { kind: 'lost', cause: error })),
    );
    return () => {
      mounted = false;
    };
  }, [client]);

  const signIn = useCallback(
    async (subject: Subject | Promise<Subject>, options?: ExchangeOptions) => {
      setBusy(true);
      try {
        const exchanged = await client.exchange(await subject, options);
        setAnswer(exchanged);
        return exchanged;
      } finally {
        setBusy(false);
      }
    },
    [client],
  );

  const continueInBrowser = useCallback(async () => {
    if (answer?.kind === 'person_needed') {
      await client.continueInBrowser(answer);
    }
  }, [client, answer]);

  const reset = useCallback(() => setAnswer(null), []);

  return { providers, answer, busy, problem, signIn, continueInBrowser, reset };
}
