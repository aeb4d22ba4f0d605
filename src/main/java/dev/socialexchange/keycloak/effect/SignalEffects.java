package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.login.LinkSessions;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.SignalAction;
import dev.socialexchange.keycloak.provider.SignalMode;
import dev.socialexchange.keycloak.provider.SignalSettings;
import dev.socialexchange.keycloak.provider.StoredUser;
import dev.socialexchange.keycloak.signal.Signal;
import dev.socialexchange.keycloak.step.ProtectedAccounts;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * Does what the provider's settings say about a signal, to the one user whose link it is about. Done twice it is as if done once, so
 * that whoever is not sure may tell it again.
 */
public final class SignalEffects {
    /** After these nobody signs in until something else is said; what is said of a later time undoes them. */
    private static final Set<SignalAction> CLOSING = Set.of(
            SignalAction.SUSPEND_LINK, SignalAction.UNLINK, SignalAction.REQUIRE_ACTION, SignalAction.DISABLE_USER);

    /** What belongs to the directory of somebody who is not ours; whether the person gets back in is then its matter. */
    private static final Set<SignalAction> OF_OURS =
            Set.of(SignalAction.UNLINK, SignalAction.REQUIRE_ACTION, SignalAction.DISABLE_USER);

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
     */
    public record Done(Set<Outcome> outcomes, Optional<String> code) {

        static Done of(Outcome outcome) {
            return new Done(EnumSet.of(outcome), Optional.empty());
        }
    }

    /** @param user whom the account was linked to a moment ago */
    public Done about(UserModel user) {
        Done done = done(user);
        if (!done.outcomes.equals(EnumSet.of(Outcome.IGNORED))) {
            new SignalEvents(session, account.alias()).told(user, signal, done);
        }
        return done;
    }

    private Done done(UserModel user) {
        Set<SignalAction> actions = signal.events().stream()
                .map(settings::action)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(SignalAction.class)));
        if (actions.equals(EnumSet.of(SignalAction.IGNORE))) {
            return Done.of(Outcome.IGNORED);
        }
        actions.removeAll(EnumSet.of(SignalAction.IGNORE, SignalAction.RECORD));
        if (actions.isEmpty()) {
            return Done.of(Outcome.RECORDED);
        }
        if (settings.mode() != SignalMode.ENFORCE) {
            return Done.of(Outcome.AUDITED);
        }
        if (ProtectedAccounts.administers(session, realm, user)) {
            return Done.of(Outcome.PROTECTED);
        }
        return done(user, actions);
    }

    private Done done(UserModel user, Set<SignalAction> actions) {
        EnumSet<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        if (ProtectedAccounts.contain(session, realm, user) && actions.removeAll(OF_OURS)) {
            actions.add(SignalAction.SUSPEND_LINK); // the account opens nothing all the same
            outcomes.add(Outcome.PROTECTED);
        }
        if (signal.time().getEpochSecond() < LinkMark.of(user, account).resumed() && actions.removeAll(CLOSING)) {
            outcomes.add(Outcome.OUTDATED);
        }
        if (actions.stream().anyMatch(SignalAction::endsSessions)) {
            outcomes.addAll(ended(user, actions));
        }
        Optional<String> code = Optional.empty();
        for (SignalAction action : actions) {
            if (action == SignalAction.REQUEST_DELETION) {
                code = requested(user);
                outcomes.add(code.isPresent() ? Outcome.DELETION_REQUESTED : Outcome.USER_READ_ONLY);
            }
            done(action, user).ifPresent(outcomes::add);
        }
        return new Done(outcomes.isEmpty() ? EnumSet.of(Outcome.RECORDED) : outcomes, code);
    }

    private Optional<String> requested(UserModel user) {
        try {
            return Optional.of(new DeletionRequests(session)
                    .open(StoredUser.of(session, user), account.alias(), signal.time(), settings.graceDays()));
        } catch (ReadOnlyException notOurs) {
            return Optional.empty();
        }
    }

    private Set<Outcome> ended(UserModel user, Set<SignalAction> actions) {
        boolean others = new WaysIn(session, realm, user).remainWithout(account.alias());
        Set<Outcome> outcomes = mark(user, suspends(actions, others));
        if (actions.contains(SignalAction.UNLINK) && !actions.contains(SignalAction.SUSPEND_LINK)) {
            outcomes.remove(Outcome.LINK_SUSPENDED); // it is gone
        } else if (!others && outcomes.contains(Outcome.LINK_SUSPENDED)) {
            outcomes.add(Outcome.NO_OTHER_WAY_IN);
        }
        if (endSessions(user, actions) > 0) {
            outcomes.add(Outcome.SESSIONS_ENDED);
        }
        return outcomes;
    }

    /** What goes beyond sessions and marks. */
    private Optional<Outcome> done(SignalAction action, UserModel user) {
        return switch (action) {
            case MARK_ADDRESS -> new MailEffect(signal, relays).on(user);
            case RESUME_LINK -> Optional.of(resume(user));
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

    /** What the provider has issued by then counts no more, whoever has it. Where no mark can be left, a link that is to open nothing goes. */
    Set<Outcome> mark(UserModel user, boolean suspend) {
        long time = signal.time().getEpochSecond();
        LinkMark revoked = LinkMark.of(user, account).revokedAt(time);
        LinkMark after = suspend ? revoked.suspendedAt(time) : revoked;
        try {
            after.write(StoredUser.of(session, user));
        } catch (ReadOnlyException notOurs) {
            return suspend && new WaysIn(session, realm, user).close(account.alias())
                    ? EnumSet.of(Outcome.USER_READ_ONLY, Outcome.LINK_REMOVED)
                    : EnumSet.of(Outcome.USER_READ_ONLY);
        }
        return suspend && after.isSuspended() ? EnumSet.of(Outcome.LINK_SUSPENDED) : EnumSet.noneOf(Outcome.class);
    }

    /** What has begun after an event that only ends sessions stays: whoever has signed in since is whom the provider knows. */
    private int endSessions(UserModel user, Set<SignalAction> actions) {
        long time = signal.time().getEpochSecond();
        long until = actions.stream().anyMatch(CLOSING::contains) ? Long.MAX_VALUE : time;
        LinkSessions sessions = new LinkSessions(session, user);
        return settings.allSessions() || actions.contains(SignalAction.DISABLE_USER)
                ? sessions.endAll(until, (int) time)
                : sessions.endOf(account.alias(), until);
    }

    private Outcome resume(UserModel user) {
        LinkMark before = LinkMark.of(user, account);
        LinkMark after = before.resumedAt(signal.time().getEpochSecond());
        try {
            after.write(StoredUser.of(session, user));
        } catch (ReadOnlyException notOurs) {
            return Outcome.USER_READ_ONLY;
        }
        return after.isSuspended() ? Outcome.OUTDATED : before.isSuspended() ? Outcome.LINK_RESUMED : Outcome.RECORDED;
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
