import * as oauth from 'oauth4webapi';
import { tokensOf } from './answer.js';
import { EXCHANGE } from './contract.js';
import { parameters, read } from './http.js';
import { interactionParameters } from './login.js';
export async function exchange(as, client, authentication, subject, options = {}) {
    const { interaction, request, ...further } = options;
    const form = parameters({ scope: 'openid', ...(interaction && interactionParameters(interaction)), ...further, ...subject });
    const answer = await outcome(() => oauth.genericTokenEndpointRequest(as, client, authentication, EXCHANGE, form, request), request?.signal);
    if (answer.kind === 'answered') {
        return tokensOf(answer, !!request?.DPoP);
    }
    return answer.kind === 'person_needed' ? { ...answer, provider: subject.subject_issuer } : answer;
}
async function outcome(send, signal) {
    try {
        return await read(await send());
    }
    catch (cause) {
        if (typeof cause.code === 'string' || (typeof signal === 'object' && signal.aborted)) {
            throw cause;
        }
        return { kind: 'lost', cause };
    }
}
