import { failureOf } from './answer.js';
export async function authorized({ dpop }, { token_type, access_token }, method, url) {
    return {
        Authorization: `${token_type} ${access_token}`,
        ...(token_type === 'DPoP' && dpop && { DPoP: await dpop.proof(method, url, access_token) }),
    };
}
export async function send(settings, url, call) {
    const { times = 0, maxSeconds = 0 } = settings.retry ?? {};
    for (let sent = 0;; sent++) {
        const answer = await sendOnce(settings, url, call);
        if (answer.kind !== 'try_later' || sent >= times || answer.seconds > maxSeconds || call.again?.includes(answer.reason ?? '') === false) {
            return answer;
        }
        await pause(answer, call.signal);
    }
}
async function sendOnce(settings, url, { form, method = form ? 'POST' : 'GET', tokens, signal }) {
    const { dpop, timeout = 30, fetch: send = fetch } = settings;
    const headers = {
        Accept: 'application/json',
        ...(tokens ? await authorized(settings, tokens, method, url) : form && dpop && { DPoP: await dpop.proof(method, url) }),
    };
    const stop = new AbortController();
    const giveUp = () => stop.abort(signal?.reason);
    const timer = setTimeout(() => stop.abort(), timeout * 1000);
    signal?.aborted ? giveUp() : signal?.addEventListener('abort', giveUp);
    try {
        return await read(await send(url, {
            method,
            headers,
            ...(form && { body: parameters(form) }),
            cache: 'no-store',
            credentials: 'omit',
            redirect: 'error',
            signal: stop.signal,
        }));
    }
    catch (cause) {
        if (signal?.aborted) {
            throw cause;
        }
        return { kind: 'lost', cause };
    }
    finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
    }
}
export async function read(response) {
    const { status, headers } = response;
    const text = await response.text();
    let body;
    try {
        body = text ? JSON.parse(text) : undefined;
    }
    catch (cause) {
        return response.ok ? { kind: 'lost', status, cause } : failureOf(status, headers, {});
    }
    return response.ok ? { kind: 'answered', status, body } : failureOf(status, headers, body);
}
export function parameters(form) {
    const all = new URLSearchParams();
    for (const [name, value] of Object.entries(form)) {
        for (const one of [value ?? []].flat()) {
            all.append(name, one);
        }
    }
    return all;
}
function pause({ seconds }, signal) {
    return new Promise((resolve, reject) => {
        const stop = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener('abort', stop);
            resolve();
        }, seconds * 1000);
        signal?.addEventListener('abort', stop, { once: true });
    });
}
