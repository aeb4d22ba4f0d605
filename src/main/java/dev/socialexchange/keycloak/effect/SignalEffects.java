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
 * Does what the provider's settings say about a signal, to the one user whose link it is about. Done twice it is as if done once, so
 * that whoever is not sure may tell it again.
 */
public final class SignalEffects {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final ExternalAccount account;
    private final SignalSettings settings;
    private final Set<String> relays;
    private final Signal signal;

    /**
     * @param session of a transaction that is committed before anything is answered
     * @param account whom the signal is about
     * @param relays domains of addresses that the provider only forwards
     */
    public SignalEffects(
            KeycloakSession session,
            ExternalAccount account,
            SignalSettings settings,
            Set<String> relays,
            Signal signal) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.account = account;
        this.settings = settings;
        this.relays = relays;
        this.signal = signal;
    }

    /**
     * What was done about one person.
     *
     * @param code of a request to be forgotten; empty if it is none
     * @param ending the sessions that have ended, and that end once more when this is committed
     */
    public record Done(Set<Outcome> outcomes, Optional<String> code, Optional<EndingSessions> ending) {

        static Done of(Outcome outcome) {
            return new Done(EnumSet.of(outcome), Optional.empty(), Optional.empty());
        }
    }

    /** @param user whom the account was linked to a moment ago */
    public Done about(UserModel user) {
        return new SignalEvents(session, account.alias()).told(user, signal, done(user));
    }

    private Done done(UserModel user) {
        DueActions due = DueActions.of(
                signal,
                settings,
                LinkMark.of(user, account),
                () -> Administrators.contain(session, realm, user),
                () -> ProtectedAccounts.contain(session, realm, user));
        Set<SignalAction> actions = due.actions();
        Set<Outcome> outcomes = due.outcomes();
        Optional<EndingSessions> ending = Optional.of(
                        EndingSessions.of(user, account, settings, actions, signal.time()))
                .filter(any -> actions.stream().anyMatch(SignalAction::endsSessions));
        if (ending.isPresent()) {
            outcomes.addAll(ended(user, actions, ending.get()));
        }
        Optional<String> code = Optional.empty();
        for (SignalAction action : actions) {
            if (action == SignalAction.REQUEST_DELETION) {
                code = requested(user);
                outcomes.add(code.isPresent() ? Outcome.DELETION_REQUESTED : Outcome.USER_READ_ONLY);
            }
            done(action, user).ifPresent(outcomes::add);
        }
        return new Done(outcomes.isEmpty() ? EnumSet.of(Outcome.RECORDED) : outcomes, code, ending);
    }

    private Optional<String> requested(UserModel user) {
        try {
            return Optional.of(new DeletionRequests(session)
                    .open(StoredUser.of(session, user), account, signal.time(), settings.graceDays()));
        } catch (ReadOnlyException notOurs) {
            return Optional.empty();
        }
    }

    private Set<Outcome> ended(UserModel user, Set<SignalAction> actions, EndingSessions ending) {
        SignalWatch.announce(session, user.getId());
        boolean others = new WaysIn(session, realm, user).remainWithout(account.alias());
        Set<Outcome> outcomes = mark(user).revoke(suspends(actions, others), actions);
        if (actions.contains(SignalAction.UNLINK) && !actions.contains(SignalAction.SUSPEND_LINK)) {
            outcomes.remove(Outcome.LINK_SUSPENDED); // it is gone
        } else if (!others && outcomes.contains(Outcome.LINK_SUSPENDED)) {
            outcomes.add(Outcome.NO_OTHER_WAY_IN);
        }
        if (ending.end(session) > 0) {
            outcomes.add(Outcome.SESSIONS_ENDED);
        }
        return outcomes;
    }

    /** What goes beyond sessions and marks. */
    private Optional<Outcome> done(SignalAction action, UserModel user) {
        return switch (action) {
            case MARK_ADDRESS -> new MailEffect(signal, relays).on(user);
            case RESUME_LINK -> Optional.of(mark(user).resume());
            case UNLINK -> Optional.of(unlink(user));
            case REQUIRE_ACTION -> {
                user.addRequiredAction(UserModel.RequiredAction.UPDATE_PASSWORD);
                yield Optional.of(Outcome.ACTION_REQUIRED);
            }
            case DISABLE_USER -> {
                user.setEnabled(false);
                yield Optional.of(Outcome.USER_DISABLED);
            }
            case IGNORE, RECORD, END_SESSIONS, SUSPEND_LINK, REQUEST_DELETION -> Optional.empty();
        };
    }

    /**
     * A link that is removed leaves a mark as well: the account's address may be somebody else's soon, and opens nothing here alone. Nor may whoever
     * comes through the account choose the password that is asked for.
     */
    private static boolean suspends(Set<SignalAction> actions, boolean others) {
        return actions.contains(SignalAction.SUSPEND_LINK)
                || actions.contains(SignalAction.REQUIRE_ACTION)
                || others && actions.contains(SignalAction.UNLINK);
    }

    private MarkEffect mark(UserModel user) {
        return new MarkEffect(session, user, account, signal.time().getEpochSecond());
    }

    private Outcome unlink(UserModel user) {
        WaysIn ways = new WaysIn(session, realm, user);
        if (!ways.remainWithout(account.alias())) {
            return Outcome.LINK_KEPT_AS_LAST_WAY_IN;
        }
        ways.close(account.alias());
        return Outcome.LINK_REMOVED;
    }
}
