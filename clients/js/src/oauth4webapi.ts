// For confidential clients, on a server: oauth4webapi authenticates the client, and this is the grant.

import * as oauth from 'oauth4webapi';
import { type Exchanged, tokensOf } from './answer.js';
import { EXCHANGE, type Subject } from './contract.js';
import { type Outcome, parameters, read } from './http.js';
import { type Interaction, interactionParameters } from './login.js';
import type { ExchangeOptions } from './settings.js';

export interface ServerExchangeOptions extends Omit<ExchangeOptions, 'interaction' | 'signal'> {
  /** What the browser's answer will have to fit. Without it, no link is asked for. */
  interaction?: Interaction;
  /** oauth4webapi's: `DPoP`, `signal`, `[oauth.customFetch]`, … */
  request?: oauth.TokenEndpointRequestOptions;
}

/**
 * Sends a provider's token, and gets the realm's. A code that a browser comes back with is redeemed by
 * `oauth.authorizationCodeGrantRequest`, and tokens are refreshed by `oauth.refreshTokenGrantRequest`, as after any other login.
 *
 * @throws what oauth4webapi throws for arguments that are wrong, and if `request.signal` says so
 */
export async function exchange(
  as: oauth.AuthorizationServer,
  client: oauth.Client,
  authentication: oauth.ClientAuth,
  subject: Subject,
  options: ServerExchangeOptions = {},
): Promise<Exchanged> {
  const { interaction, request, ...further } = options;
  const form = parameters({ scope: 'openid', ...(interaction && interactionParameters(interaction)), ...further, ...subject });
  const answer = await outcome(() => oauth.genericTokenEndpointRequest(as, client, authentication, EXCHANGE, form, request), request?.signal);
  if (answer.kind === 'answered') {
    return tokensOf(answer, !!request?.DPoP);
  }
  return answer.kind === 'person_needed' ? { ...answer, provider: subject.subject_issuer } : answer;
}

async function outcome(
  send: () => Promise<Response>,
  signal: AbortSignal | ((url: string) => AbortSignal) | undefined,
): Promise<Outcome> {
  try {
    return await read(await send());
  } catch (cause) {
    // oauth4webapi's own errors have a code of letters; what fetch throws has none, or a number.
    if (typeof (cause as { code?: unknown }).code === 'string' || (typeof signal === 'object' && signal.aborted)) {
      throw cause;
    }
    return { kind: 'lost', cause };
  }
}
