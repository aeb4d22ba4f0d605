import * as oauth from 'oauth4webapi';
import type { Subject } from 'social-exchange-keycloak';
import { exchange } from 'social-exchange-keycloak/oauth4webapi';
import { callback, realm } from '../../../lib/realm';
import { begin, wait } from '../../../lib/sessions';

/** The page posts what the provider's SDK has given it. */
export async function POST(request: Request): Promise<Response> {
  const { as, client, authentication, app, request: options } = realm();
  // Another site's page must not sign anybody in here, as whoever it likes.
  if (request.headers.get('Origin') !== app) {
    return Response.json({ kind: 'refused' }, { status: 403 });
  }
  const subject: Subject = await request.json();
  const login = { state: oauth.generateRandomState(), verifier: oauth.generateRandomCodeVerifier() };

  const answer = await exchange(as, client, authentication, subject, {
    interaction: {
      redirect_uri: callback(app),
      state: login.state,
      code_challenge: await oauth.calculatePKCECodeChallenge(login.verifier),
    },
    request: options,
  });

  switch (answer.kind) {
    case 'tokens':
      return Response.json({ kind: 'signed_in' }, { headers: begin(answer.tokens) });
    case 'person_needed':
      // The page gives the link to `postTo`.
      return Response.json({ kind: 'person_needed', link: answer.link }, { headers: wait(login) });
    case 'try_later':
      return Response.json({ kind: 'try_later' }, { status: 503, headers: { 'Retry-After': String(answer.seconds) } });
    case 'refused':
      return Response.json({ kind: 'refused', reason: answer.reason }, { status: 403 });
    case 'lost':
      return Response.json({ kind: 'lost' }, { status: 502 });
  }
}
