package dev.socialexchange.keycloak.page;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * Whom this browser is signed in as.
 *
 * @param userSession null if nobody
 */
public record BrowserSession(KeycloakSession session, UserSessionModel userSession) {

    public static BrowserSession of(KeycloakSession session) {
        AuthenticationManager.AuthResult cookie = AuthenticationManager.authenticateIdentityCookie(
                session, session.getContext().getRealm(), true);
        return new BrowserSession(session, cookie == null ? null : cookie.session());
    }

    /** @param user null for somebody who has no user yet: then anybody is somebody else */
    public boolean isSomebodyElse(UserModel user) {
        return userSession != null
                && (user == null || !user.getId().equals(userSession.getUser().getId()));
    }

    public String username() {
        return userSession.getUser().getUsername();
    }

    String sessionId() {
        return userSession == null ? "" : userSession.getId();
    }

    /**
     * Signs somebody else out: a browser has one session, and theirs would go on without a browser. The same person keeps
     * their session.
     *
     * @return for the login that follows, bound to this browser by its cookie
     */
    public RootAuthenticationSessionModel makeRoomFor(UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        AuthenticationSessionManager sessions = new AuthenticationSessionManager(session);
        if (userSession == null) {
            return sessions.createAuthenticationSession(realm, true);
        }
        if (isSomebodyElse(user)) {
            AuthenticationManager.backchannelLogout(session, userSession, true);
            AuthenticationManager.expireIdentityCookie(session);
            return sessions.createAuthenticationSession(realm, true);
        }
        String id = userSession.getId();
        RootAuthenticationSessionModel known = session.authenticationSessions().getRootAuthenticationSession(realm, id);
        sessions.setAuthSessionCookie(id);
        sessions.setAuthSessionIdHashCookie(id);
        return known != null ? known : session.authenticationSessions().createRootAuthenticationSession(realm, id);
    }
}
