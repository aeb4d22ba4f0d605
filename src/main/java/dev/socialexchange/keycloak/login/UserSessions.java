package dev.socialexchange.keycloak.login;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** A user's sessions, online and offline. They are gone when this is committed, whatever anybody says who took part in them: those hear of it later. */
public final class UserSessions {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final Function<UserSessionModel, EndedSession> asEnded;

    private UserSessions(KeycloakSession session, UserModel user, Function<UserSessionModel, EndedSession> asEnded) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.user = user;
        this.asEnded = asEnded;
    }

    /** Of whose end the apps hear that took part in them, and the provider nothing: what it has told ends them, or its link is none any more. */
    public static UserSessions ofWhichAppsHear(KeycloakSession session, UserModel user) {
        return new UserSessions(session, user, EndedSession::of);
    }

    /** Of whose end the provider hears as well through which each was begun: the person signs out. */
    public static UserSessions thatThePersonEnds(KeycloakSession session, UserModel user) {
        return new UserSessions(session, user, EndedSession::withProvider);
    }

    /** @return how many */
    public int end(Predicate<UserSessionModel> meant) {
        List<UserSessionModel> online = session.sessions()
                .getUserSessionsStream(realm, user)
                .filter(meant)
                .toList();
        List<UserSessionModel> offline = session.sessions()
                .getOfflineUserSessionsStream(realm, user)
                .filter(meant)
                .toList();
        if (!online.isEmpty()) {
            AppLogouts.after(session, online.stream().map(asEnded).toList());
        }
        online.forEach(one -> session.sessions().removeUserSession(realm, one));
        offline.forEach(one -> session.sessions().removeOfflineUserSession(realm, one));
        return online.size() + offline.size();
    }
}
