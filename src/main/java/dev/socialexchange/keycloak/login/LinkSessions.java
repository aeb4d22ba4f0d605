package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.ProvenAt;
import java.util.List;
import java.util.function.Predicate;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** A user's sessions, by the link through which they came. */
public final class LinkSessions {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    public LinkSessions(KeycloakSession session, UserModel user) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.user = user;
    }

    /**
     * Ends those that came through this link, online and offline.
     *
     * @param until when they have begun at the latest, in seconds since the epoch
     * @return how many
     */
    public int endOf(String alias, long until) {
        return end(userSession -> alias.equals(alias(userSession)) && ProvenAt.beginning(userSession) <= until);
    }

    /**
     * The same of one account, which may not be the one that is linked now. Whoever does not say which account it was may have come by it.
     *
     * @return how many
     */
    public int endOf(ExternalAccount account, long until) {
        return end(userSession -> account.alias().equals(alias(userSession))
                && CameBy.maybe(userSession, account)
                && ProvenAt.beginning(userSession) <= until);
    }

    /** Whether any came through this provider, online or offline. */
    boolean exist(String alias) {
        return session.sessions()
                        .getUserSessionsStream(realm, user)
                        .anyMatch(userSession -> alias.equals(alias(userSession)))
                || session.sessions()
                        .getOfflineUserSessionsStream(realm, user)
                        .anyMatch(userSession -> alias.equals(alias(userSession)));
    }

    /** As Keycloak (26.7) notes it: after the first version of its token exchange in another place than after a login. */
    public static String alias(UserSessionModel userSession) {
        String broker = userSession.getNote(Details.IDENTITY_PROVIDER);
        return broker != null
                ? broker
                : userSession.getNote(UserAuthenticationIdentityProvider.EXTERNAL_IDENTITY_PROVIDER);
    }

    /**
     * Ends all of them, and what was issued without any until then; what was void stays so.
     *
     * @param until when they have begun at the latest, in seconds since the epoch
     * @param notBefore in seconds since the epoch
     * @return how many
     */
    public int endAll(long until, int notBefore) {
        int before = session.users().getNotBeforeOfUser(realm, user);
        session.users().setNotBeforeForUser(realm, user, Math.max(before, notBefore));
        return end(userSession -> ProvenAt.beginning(userSession) <= until);
    }

    /** Ends one that has not been committed yet; an app that has got something of it is told. */
    public static void endBeforeCommit(KeycloakSession session, UserSessionModel userSession) {
        ForeignCode.aside(
                "telling apps of a logout", () -> AppLogouts.after(session, List.of(EndedSession.of(userSession))));
        session.sessions().removeUserSession(session.getContext().getRealm(), userSession);
    }

    /** Ends this one, online and offline. */
    void end(String sessionId) {
        end(userSession -> userSession.getId().equals(sessionId));
    }

    private int end(Predicate<UserSessionModel> meant) {
        return UserSessions.ofWhichAppsHear(session, user).end(meant);
    }
}
