package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.login.DisownedRequests;
import dev.socialexchange.keycloak.login.LinkSessions;
import dev.socialexchange.keycloak.login.SignalWatch;
import dev.socialexchange.keycloak.login.UserSessions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Gives an account that somebody has set up under an address which they never proved to the owner of that address: nothing by
 * which anybody could come in before opens it any more.
 */
public final class Takeover {
    /**
     * When it happened, in seconds since the epoch; what was under way before is void. {@link GuardedUserProfile} keeps it from
     * whoever waits on a page that edits the profile.
     */
    static final String ATTRIBUTE = "social-exchange.taken-over";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    private final KeycloakSession session;
    private final RealmModel realm;

    Takeover(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** @param authSession of the owner, whose own login goes on */
    void of(UserModel user, AuthenticationSessionModel authSession) {
        String takenOver = String.valueOf(now());
        SignalWatch.endOnceMore(session, user.getId(), (own, owner) -> removeSessionsOfBefore(own, owner, takenOver));
        DisownedRequests.closeAll(session, user, "taken_over"); // the owner of the address has asked for nothing yet
        removeWaysIn(user);
        removeSessions(user);
        session.users().getConsentsStream(realm, user.getId()).toList().forEach(consent -> session.users()
                .revokeConsentForClient(realm, user.getId(), consent.getClient().getId()));
        List<String> actions = user.getRequiredActionsStream().toList();
        actions.forEach(user::removeRequiredAction);
        user.removeAttribute(UserModel.EMAIL_PENDING); // an address that somebody was about to change to
        user.setSingleAttribute(ATTRIBUTE, takenOver);
        authSession.setUserSessionNote(ATTRIBUTE, takenOver);
        user.setEmailVerified(
                true); // the provider vouches for it, and else the next one to come would take over in turn
    }

    /** Whether somebody's account was ever given to the owner of its address. */
    public static boolean has(UserModel user) {
        return user.getFirstAttribute(ATTRIBUTE) != null;
    }

    private void removeWaysIn(UserModel user) {
        session.users().getFederatedIdentitiesStream(realm, user).toList().forEach(link -> session.users()
                .removeFederatedIdentity(realm, user, link.getIdentityProvider()));
        user.credentialManager()
                .getStoredCredentialsStream()
                .map(CredentialModel::getId)
                .toList()
                .forEach(user.credentialManager()::removeStoredCredentialById);
    }

    /** A login of whoever was here before may have become a session until the commit; later ones look themselves, and find their link gone. */
    private static void removeSessionsOfBefore(KeycloakSession session, UserModel owner, String takenOver) {
        UserSessions.ofWhichAppsHear(session, owner)
                .end(userSession -> !takenOver.equals(userSession.getNote(ATTRIBUTE)));
    }

    private void removeSessions(UserModel user) {
        new LinkSessions(session, user).endAll(Long.MAX_VALUE, (int) now());
    }

    private static long now() {
        return TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis());
    }

    /** Whether something of this age belongs to the time before the account was taken over. */
    static boolean precedes(UserModel user, long issuedAtSeconds) {
        return happened(user).filter(takenOver -> issuedAtSeconds <= takenOver).isPresent();
    }

    /** What is no time in the past was written by somebody while nobody guarded it. */
    private static Optional<Long> happened(UserModel user) {
        return Optional.ofNullable(user.getFirstAttribute(ATTRIBUTE))
                .filter(SECONDS.asMatchPredicate())
                .map(Long::valueOf)
                .filter(takenOver -> takenOver <= now());
    }

    /** Whether a session comes of a login in which a step was done before its account was taken over. */
    static boolean precedes(UserSessionModel userSession) {
        Optional<Long> takenOver = happened(userSession.getUser());
        if (takenOver.isEmpty() || takenOver.get().toString().equals(userSession.getNote(ATTRIBUTE))) { // by this login
            return false;
        }
        String steps = userSession.getNote(Constants.AUTHENTICATORS_COMPLETED);
        return AuthenticatorUtils.parseCompletedExecutions(steps).values().stream()
                .anyMatch(doneAt -> precedes(userSession.getUser(), doneAt));
    }
}
