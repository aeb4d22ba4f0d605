import { REASONS } from './reasons.js';
export class RealmError extends Error {
    failure;
    name = 'RealmError';
    constructor(failure) {
        super(failure.kind === 'lost' ? 'The realm gave no usable answer' : failure.description, { cause: failure });
        this.failure = failure;
    }
}
const LATER = 10;
export function refused(error, description = '', status = 0) {
    return { kind: 'refused', reason: null, error, status, description };
}
export function failureOf(status, headers, body) {
    const { error, errorMessage = '', error_description: description = errorMessage, error_reason: said, ...further } = body ?? {};
    const reason = REASONS.has(said) ? { reason: said, description } : { reason: null, ...(said && { unknown_reason: said }), description };
    if (status === 429 || (status === 503 && said)) {
        const seconds = Number(headers.get('Retry-After'));
        return { kind: 'try_later', ...reason, seconds: seconds > 0 ? seconds : LATER };
    }
    if (status >= 500 || (!said && error === 'unauthorized_client' && description.startsWith('Unexpected error'))) {
        return { kind: 'lost', status };
    }
    return error === 'interaction_required' && said
        ? { kind: 'person_needed', ...reason, link: further.interaction_uri, expires_in: further.interaction_expires_in }
        : { kind: 'refused', ...reason, error: error ?? `http_${status}`, status };
}
export function tokensOf({ status, body }, bound) {
    if (typeof body?.access_token !== 'string' || typeof body.token_type !== 'string') {
        return { kind: 'lost', status };
    }
    return bound && body.token_type !== 'DPoP'
        ? refused('token_not_bound', 'The tokens are not bound to the key', status)
        : { kind: 'tokens', tokens: body };
}
