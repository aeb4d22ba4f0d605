package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.login.SignalWatch;
import dev.socialexchange.keycloak.provider.Administrators;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.SignalAction;
import dev.socialexchange.keycloak.provider.SignalSettings;
import dev.socialexchange.keycloak.provider.StoredUser;
import dev.socialexchange.keycloak.signal.Signal;
import dev.socialexchange.keycloak.step.ProtectedAccounts;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * What a signal does to somebody who has removed the link that it is about: sessions end that came by that account, and it is not linked again on the word of its address. Nothing
 * else: it is not theirs.
 *
 * @param session of a transaction that is committed before anything is answered
 */
record FormerLinkEffects(KeycloakSession session, ExternalAccount account, SignalSettings settings, Signal signal) {

    SignalEffects.Done about(UserModel user) {
        return new SignalEvents(session, account.alias()).told(user, signal, done(user));
    }

    private SignalEffects.Done done(UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        LinkMark mark = LinkMark.of(user, account);
        DueActions due = DueActions.of(
                signal,
                settings,
                mark,
                () -> Administrators.contain(session, realm, user),
                () -> ProtectedAccounts.contain(session, realm, user));
        Set<SignalAction> actions = due.actions();
        Set<Outcome> outcomes = due.outcomes();
        long time = signal.time().getEpochSecond();
        Optional<EndingSessions> ending = Optional.empty();
        if (actions.stream().anyMatch(SignalAction::endsSessions)) {
            SignalWatch.announce(session, user.getId());
            LinkMark revoked = mark.revokedAt(time);
            write(
                    user,
                    actions.stream().anyMatch(DueActions.CLOSING::contains) ? revoked.suspendedAt(time) : revoked,
                    outcomes);
            ending = Optional.of(
                    EndingSessions.of(user, account, EndingSessions.Which.OF_ACCOUNT, actions, signal.time()));
            if (ending.get().end(session) > 0) {
                outcomes.add(Outcome.SESSIONS_ENDED);
            }
        } else if (actions.contains(SignalAction.RESUME_LINK) && mark.isSuspended()) {
            write(user, mark.resumedAt(time), outcomes);
        }
        return new SignalEffects.Done(
                outcomes.isEmpty() ? EnumSet.of(Outcome.RECORDED) : outcomes, Optional.empty(), ending);
    }

    private void write(UserModel user, LinkMark mark, Set<Outcome> outcomes) {
        try {
            mark.write(StoredUser.of(session, user));
        } catch (ReadOnlyException notOurs) {
            outcomes.add(Outcome.USER_READ_ONLY);
        }
    }
}
