package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.shape.Meant;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.UserSessionManager;

/** The sessions of a user in which the app takes part that their access token was issued to: no token can end those of another app. */
record AppSessions(KeycloakSession session, BearerUser bearer) {

    /** As a logout by refresh token does (Keycloak 26.7). */
    void end(Meant.Sessions which) {
        RealmModel realm = session.getContext().getRealm();
        String current = bearer.userSession().getId();
        List<UserSessionModel> online = ofApp(session.sessions().getUserSessionsStream(realm, bearer.user()))
                .filter(one -> isMeant(which, one.getId().equals(current)))
                .toList();
        List<UserSessionModel> offline = ofApp(session.sessions().getOfflineUserSessionsStream(realm, bearer.user()))
                .filter(one -> isMeant(which, one.getId().equals(current)))
                .toList();
        online.forEach(one -> AuthenticationManager.backchannelLogout(session, one, true));
        offline.forEach(new UserSessionManager(session)::revokeOfflineUserSession);
        event(realm);
    }

    private Stream<UserSessionModel> ofApp(Stream<UserSessionModel> all) {
        return all.filter(
                one -> one.getAuthenticatedClientSessionByClient(bearer.client().getId()) != null);
    }

    private static boolean isMeant(Meant.Sessions which, boolean current) {
        return switch (which) {
            case THIS -> current;
            case OTHERS -> !current;
            case ALL -> true;
        };
    }

    private void event(RealmModel realm) {
        new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.LOGOUT)
                .client(bearer.client())
                .user(bearer.user())
                .session(bearer.userSession())
                .success();
    }
}
