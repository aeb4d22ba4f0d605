// The administrator's session: keycloak-js keeps the tokens in this page's memory, and a reload forgets them.

import Keycloak from './keycloak-js/keycloak.js';

export class Session {
  /** @param place what the server says of itself: `server`, `realm`, `client`, `page` */
  constructor(place) {
    this.redirectUri = location.origin + place.page;
    this.management = place.realm === 'master' ? 'master-realm' : 'realm-management';
    this.keycloak = new Keycloak({ url: place.server, realm: place.realm, clientId: place.client });
  }

  /** Completes a login that has just come back. True if somebody is signed in. */
  begin() {
    return this.keycloak.init({
      pkceMethod: 'S256',
      responseMode: 'fragment',
      checkLoginIframe: false,
      redirectUri: this.redirectUri,
    });
  }

  signIn(language) {
    return this.keycloak.login({ redirectUri: this.redirectUri, locale: language });
  }

  signOut() {
    return this.keycloak.logout({ redirectUri: this.redirectUri });
  }

  get isOpen() {
    return this.keycloak.authenticated === true;
  }

  get account() {
    const claims = this.keycloak.idTokenParsed ?? this.keycloak.tokenParsed ?? {};
    return claims.preferred_username ?? claims.sub ?? '';
  }

  has(role) {
    return this.keycloak.hasResourceRole(role, this.management);
  }

  /** A token that is good for the next request. Fails once the session is over. */
  async token() {
    await this.keycloak.updateToken(20);
    return this.keycloak.token;
  }
}
