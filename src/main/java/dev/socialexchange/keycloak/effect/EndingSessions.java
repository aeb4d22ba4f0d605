package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.login.LinkSessions;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.SignalAction;
import dev.socialexchange.keycloak.provider.SignalSettings;
import java.time.Instant;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Which sessions a signal ends: those that it finds before it is committed, and those that have become visible until then.
 *
 * @param all and not only those that came through the link
 * @param until when they have begun at the latest, in seconds since the epoch
 * @param time of the event, in seconds since the epoch
 */
record EndingSessions(String userId, String alias, boolean all, long until, long time) {

    /** What has begun after an event that only ends sessions stays: whoever has signed in since is whom the provider knows. */
    static EndingSessions of(
            UserModel user,
            ExternalAccount account,
            SignalSettings settings,
            Set<SignalAction> actions,
            Instant happened) {
        long time = happened.getEpochSecond();
        return new EndingSessions(
                user.getId(),
                account.alias(),
                settings.allSessions() || actions.contains(SignalAction.DISABLE_USER),
                actions.stream().anyMatch(DueActions.CLOSING::contains) ? Long.MAX_VALUE : time,
                time);
    }

    /**
     * In this session's transaction.
     *
     * @return how many
     */
    int end(KeycloakSession session) {
        UserModel user = session.users().getUserById(session.getContext().getRealm(), userId);
        if (user == null) {
            return 0; // and no session of theirs is any good
        }
        LinkSessions sessions = new LinkSessions(session, user);
        return all ? sessions.endAll(until, (int) time) : sessions.endOf(alias, until);
    }
}
