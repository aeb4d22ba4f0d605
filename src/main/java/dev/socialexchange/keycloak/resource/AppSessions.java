package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.RequestEvent;
import dev.socialexchange.keycloak.login.UserSessions;
import dev.socialexchange.keycloak.shape.Meant;
import java.util.function.Predicate;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/** The sessions of a user in which the app takes part that their access token was issued to: no token can end those of another app. */
record AppSessions(KeycloakSession session, BearerUser bearer) {

    /** The same as a logout by refresh token ends (Keycloak 26.7); but nobody is waited for who hears of it. */
    void end(Meant.Sessions which) {
        RealmModel realm = session.getContext().getRealm();
        String current = bearer.userSession().getId();
        Predicate<UserSessionModel> meant =
                one -> isOfApp(one) && isMeant(which, one.getId().equals(current));
        session.sessions()
                .getUserSessionsStream(realm, bearer.user())
                .filter(meant)
                .toList()
                .forEach(one -> AuthenticationManager.expireUserSessionCookie(
                        session, one, realm, session.getContext().getUri()));
        UserSessions.thatThePersonEnds(session, bearer.user()).end(meant);
        event();
    }

    private boolean isOfApp(UserSessionModel one) {
        return one.getAuthenticatedClientSessionByClient(bearer.client().getId()) != null;
    }

    private static boolean isMeant(Meant.Sessions which, boolean current) {
        return switch (which) {
            case THIS -> current;
            case OTHERS -> !current;
            case ALL -> true;
        };
    }

    private void event() {
        RequestEvent.of(session)
                .event(EventType.LOGOUT)
                .client(bearer.client())
                .user(bearer.user())
                .session(bearer.userSession())
                .success();
    }
}
