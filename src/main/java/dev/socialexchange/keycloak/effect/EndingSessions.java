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
 * @param until when they have begun at the latest, in seconds since the epoch
 * @param time of the event, in seconds since the epoch
 */
record EndingSessions(String userId, ExternalAccount account, Which which, long until, long time) {

    enum Which {
        ALL,
        /** That came through the link. */
        OF_LINK,
        /** That came by this account, which is linked no more. */
        OF_ACCOUNT
    }

    /** What has begun after an event that only ends sessions stays: whoever has signed in since is whom the provider knows. */
    static EndingSessions of(
            UserModel user,
            ExternalAccount account,
            SignalSettings settings,
            Set<SignalAction> actions,
            Instant happened) {
        boolean all = settings.allSessions() || actions.contains(SignalAction.DISABLE_USER);
        return of(user, account, all ? Which.ALL : Which.OF_LINK, actions, happened);
    }

    static EndingSessions of(
            UserModel user, ExternalAccount account, Which which, Set<SignalAction> actions, Instant happened) {
        long time = happened.getEpochSecond();
        long until = actions.stream().anyMatch(DueActions.CLOSING::contains) ? Long.MAX_VALUE : time;
        return new EndingSessions(user.getId(), account, which, until, time);
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
        return switch (which) {
            case ALL -> sessions.endAll(until, (int) time);
            case OF_LINK -> sessions.endOf(account.alias(), until);
            case OF_ACCOUNT -> sessions.endOf(account, until);
        };
    }
}
