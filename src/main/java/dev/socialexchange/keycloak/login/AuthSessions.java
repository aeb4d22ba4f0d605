package dev.socialexchange.keycloak.login;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel;

/** Authentication sessions without a browser: no cookie leads to them. */
public final class AuthSessions {

    private AuthSessions() {}

    public static AuthenticationSessionModel create(KeycloakSession session, LoginRequest request) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = session.getContext().getClient();
        AuthenticationSessionModel authSession = new AuthenticationSessionManager(session)
                .createAuthenticationSession(realm, false)
                .createAuthenticationSession(client);
        authSession.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        authSession.setAction(CommonClientSessionModel.Action.AUTHENTICATE.name());
        authSession.setClientNote(
                OIDCLoginProtocol.ISSUER,
                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        authSession.setClientNote(OIDCLoginProtocol.SCOPE_PARAM, request.scope());
        new RequestedLevel(client, request.acrValues()).write(authSession);
        return authSession;
    }

    /** Of what has been done without anybody logged in. */
    public static void remove(KeycloakSession session, AuthenticationSessionModel authSession) {
        new AuthenticationSessionManager(session)
                .removeAuthenticationSession(session.getContext().getRealm(), authSession, false);
    }
}
