import { useCallback, useEffect, useState } from 'react';
import { RealmError } from './answer.js';
const arrivals = new WeakMap();
function arrivalOf(client) {
    let arrival = arrivals.get(client);
    if (!arrival) {
        arrival = client.resume();
        arrivals.set(client, arrival);
    }
    return arrival;
}
export function useSocialExchange(client) {
    const [providers, setProviders] = useState([]);
    const [problem, setProblem] = useState(null);
    const [answer, setAnswer] = useState(null);
    const [busy, setBusy] = useState(true);
    useEffect(() => {
        let mounted = true;
        const ifMounted = (then) => (value) => {
            if (mounted) {
                then(value);
            }
        };
        arrivalOf(client).then(ifMounted((arrived) => arrived && setAnswer(arrived))).finally(() => ifMounted(setBusy)(false));
        client.providers().then(ifMounted(setProviders), ifMounted((error) => setProblem(error instanceof RealmError ? error.failure : { kind: 'lost', cause: error })));
        return () => {
            mounted = false;
        };
    }, [client]);
    const signIn = useCallback(async (subject, options) => {
        setBusy(true);
        try {
            const exchanged = await client.exchange(await subject, options);
            setAnswer(exchanged);
            return exchanged;
        }
        finally {
            setBusy(false);
        }
    }, [client]);
    const continueInBrowser = useCallback(async () => {
        if (answer?.kind === 'person_needed') {
            await client.continueInBrowser(answer);
        }
    }, [client, answer]);
    const reset = useCallback(() => setAnswer(null), []);
    return { providers, answer, busy, problem, signIn, continueInBrowser, reset };
}
