// The realm, as this server is its confidential client.

import * as oauth from 'oauth4webapi';

function setting(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

export function realm() {
  const issuer = setting('REALM'); // https://keycloak.example/realms/social
  const as: oauth.AuthorizationServer = {
    issuer,
    authorization_endpoint: `${issuer}/protocol/openid-connect/auth`,
    token_endpoint: `${issuer}/protocol/openid-connect/token`,
    jwks_uri: `${issuer}/protocol/openid-connect/certs`,
    authorization_response_iss_parameter_supported: true,
  };
  const client: oauth.Client = { client_id: setting('CLIENT_ID') };
  return {
    as,
    client,
    authentication: oauth.ClientSecretBasic(setting('CLIENT_SECRET')),
    /** This app's address, such as `https://app.example`. */
    app: setting('APP_URL'),
    // A Keycloak on the developer's machine. Without it oauth4webapi refuses what is not HTTPS.
    request: { [oauth.allowInsecureRequests]: new URL(issuer).hostname === '127.0.0.1' },
  };
}

export function callback(app: string): string {
  return `${app}/api/callback`;
}
