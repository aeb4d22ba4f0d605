package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.SignalAction;
import dev.socialexchange.keycloak.provider.SignalMode;
import dev.socialexchange.keycloak.provider.SignalSettings;
import dev.socialexchange.keycloak.signal.Signal;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What is to be done about a signal, by the provider's settings and by whom it is about. What was done to the user once is not done again for the same or for something earlier: the
 * person or an administrator may have decided otherwise since. What is only recorded is judged like all else, since
 * workflows go on from there.
 *
 * @param actions that are left to do; empty if nothing is done
 * @param outcomes that are certain before anything is done
 */
record DueActions(Set<SignalAction> actions, Set<Outcome> outcomes) {
    /** After these nobody signs in until something else is said; what is said of a later time undoes them. */
    static final Set<SignalAction> CLOSING = Set.of(
            SignalAction.SUSPEND_LINK, SignalAction.UNLINK, SignalAction.REQUIRE_ACTION, SignalAction.DISABLE_USER);

    /** What belongs to the directory of somebody who is not ours; whether the person gets back in is then its matter. */
    private static final Set<SignalAction> OF_OURS =
            Set.of(SignalAction.UNLINK, SignalAction.REQUIRE_ACTION, SignalAction.DISABLE_USER);

    /**
     * @param mark on the link that the signal is about
     * @param administers whether the user administers anything, or is a client
     * @param ofDirectory whether the user is one of a federated storage
     */
    static DueActions of(
            Signal signal,
            SignalSettings settings,
            LinkMark mark,
            BooleanSupplier administers,
            BooleanSupplier ofDirectory) {
        Set<NeutralEvent> events = signal.events().stream()
                .filter(event -> settings.action(event) != SignalAction.IGNORE)
                .collect(Collectors.toSet());
        if (events.isEmpty()) {
            return nothing(Outcome.IGNORED);
        }
        if (settings.mode() != SignalMode.ENFORCE) {
            return nothing(Outcome.AUDITED);
        }
        if (administers.getAsBoolean()) {
            return nothing(Outcome.PROTECTED);
        }
        DueActions due = new DueActions(EnumSet.noneOf(SignalAction.class), EnumSet.noneOf(Outcome.class));
        long time = signal.time().getEpochSecond();
        events.forEach(event -> due.add(event, settings.action(event), mark, time));
        if (due.actions.stream().anyMatch(OF_OURS::contains) && ofDirectory.getAsBoolean()) {
            due.actions.removeAll(OF_OURS);
            due.actions.add(SignalAction.SUSPEND_LINK); // the account opens nothing all the same
            due.outcomes.add(Outcome.LEFT_TO_DIRECTORY);
        }
        return due;
    }

    private static DueActions nothing(Outcome outcome) {
        return new DueActions(EnumSet.noneOf(SignalAction.class), EnumSet.of(outcome));
    }

    private void add(NeutralEvent event, SignalAction action, LinkMark mark, long time) {
        boolean outdated = action == SignalAction.RECORD
                ? isOutdated(SignalAction.usual(event), mark, time)
                : CLOSING.contains(action) && time < mark.resumed();
        if (outdated) {
            outcomes.add(Outcome.OUTDATED);
        } else if (mark.isDone(action, time)) {
            outcomes.add(Outcome.OUTDATED);
            actions.add(
                    SignalAction.END_SESSIONS); // those of before, again: whoever told it first may have died over them
        } else if (action != SignalAction.RECORD) {
            actions.add(action);
        }
    }

    /** Of what would usually be done. */
    private static boolean isOutdated(SignalAction usual, LinkMark mark, long time) {
        return CLOSING.contains(usual)
                ? time < mark.resumed()
                : usual == SignalAction.RESUME_LINK && mark.resumedAt(time).isSuspended();
    }
}
