import * as oauth from 'oauth4webapi';
import { callback, realm } from '../../../lib/realm';
import { awaited, begin } from '../../../lib/sessions';

/** The browser comes back from the realm's pages. */
export async function GET(request: Request): Promise<Response> {
  const { as, client, authentication, app, request: options } = realm();
  const login = awaited(request);
  if (!login) {
    return to(`${app}/?problem=unknown_login`);
  }
  try {
    const parameters = oauth.validateAuthResponse(as, client, new URL(request.url), login.state);
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      authentication,
      parameters,
      callback(app),
      login.verifier,
      options,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, response);
    return to(app, begin(tokens));
  } catch (refusal) {
    if (refusal instanceof oauth.AuthorizationResponseError) {
      return to(`${app}/?problem=${refusal.error === 'access_denied' ? 'turned_back' : 'refused'}`);
    }
    if (refusal instanceof oauth.ResponseBodyError || refusal instanceof oauth.OperationProcessingError) {
      return to(`${app}/?problem=refused`);
    }
    throw refusal;
  }
}

function to(address: string, headers = new Headers()): Response {
  headers.set('Location', address);
  return new Response(null, { status: 303, headers });
}
