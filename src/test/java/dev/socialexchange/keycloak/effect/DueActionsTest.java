package dev.socialexchange.keycloak.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.SignalAction;
import dev.socialexchange.keycloak.signal.Signal;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;

/** What is left to do about a signal, before anything is done: by mode, by whom it is about, and by what is known of later. */
class DueActionsTest {
    private static final long TIME = 1_000;

    private final Map<String, String> config = new HashMap<>(Map.of("exchangeSignals", "enforce"));
    private LinkMark mark = LinkMark.of(unmarked(), new ExternalAccount("google", "1"));
    private boolean administers;
    private boolean ofDirectory;

    private static UserModel unmarked() {
        return (UserModel) Proxy.newProxyInstance(
                DueActionsTest.class.getClassLoader(),
                new Class<?>[] {UserModel.class},
                (proxy, method, arguments) -> Stream.empty());
    }

    private DueActions due(NeutralEvent... events) {
        Signal signal = new Signal(Set.of(events), "told", List.of("1"), Instant.ofEpochSecond(TIME), "id");
        return DueActions.of(
                signal, new ExchangeSettings(config).signals(), mark, () -> administers, () -> ofDirectory);
    }

    private void policy(NeutralEvent event, SignalAction action) {
        config.put("exchangeSignalsPolicy", "[{\"key\":\"" + event.id() + "\",\"value\":\"" + action.id() + "\"}]");
    }

    /** Whether Keycloak's workflows go on from there. */
    private static boolean startsWorkflow(DueActions due) {
        Set<Outcome> outcomes = due.outcomes().isEmpty() ? Set.of(Outcome.RECORDED) : due.outcomes();
        return SignalWorkflowEvent.isMeant(
                EventType.REVOKE_GRANT,
                Map.of(
                        "identity_provider",
                        "google",
                        "signal",
                        "account-disabled",
                        "outcome",
                        outcomes.stream().map(Outcome::id).collect(Collectors.joining(" "))));
    }

    private static void assertNothing(DueActions due, Outcome outcome) {
        assertThat(due.actions()).isEmpty();
        assertThat(due.outcomes()).containsExactly(outcome);
    }

    @ParameterizedTest
    @EnumSource(
            value = SignalAction.class,
            names = {"IGNORE"},
            mode = EnumSource.Mode.EXCLUDE)
    void administratorIsLeftToOthersAndStartsNoWorkflowByWhateverPolicy(SignalAction action) {
        policy(NeutralEvent.ACCOUNT_DISABLED, action);
        administers = true;

        assertNothing(due(NeutralEvent.ACCOUNT_DISABLED), Outcome.PROTECTED);
        assertThat(startsWorkflow(due(NeutralEvent.ACCOUNT_DISABLED))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = SignalAction.class,
            names = {"IGNORE"},
            mode = EnumSource.Mode.EXCLUDE)
    void auditDoesNothingAndStartsNoWorkflowByWhateverPolicy(SignalAction action) {
        policy(NeutralEvent.ACCOUNT_DISABLED, action);
        config.put("exchangeSignals", "audit");

        assertNothing(due(NeutralEvent.ACCOUNT_DISABLED), Outcome.AUDITED);
        assertThat(startsWorkflow(due(NeutralEvent.ACCOUNT_DISABLED))).isFalse();
    }

    /** Suspended for good until somebody has looked, because the provider does not keep the order. */
    @ParameterizedTest
    @CsvSource({"RECORD", "SUSPEND_LINK", "UNLINK", "REQUIRE_ACTION", "DISABLE_USER"})
    void accountThatWasInOrderLaterIsOutdatedAndStartsNoWorkflow(SignalAction action) {
        policy(NeutralEvent.ACCOUNT_DISABLED, action);
        mark = mark.resumedAt(TIME + 1);

        assertNothing(due(NeutralEvent.ACCOUNT_DISABLED), Outcome.OUTDATED);
        assertThat(startsWorkflow(due(NeutralEvent.ACCOUNT_DISABLED))).isFalse();
    }

    /** Told once more, or of an earlier moment: an administrator has enabled the user since, or the person has chosen a password. */
    @ParameterizedTest
    @CsvSource({"DISABLE_USER, REQUIRE_ACTION", "REQUIRE_ACTION, DISABLE_USER"})
    void whatWasDoneIsNotDoneAgainOverWhatSomebodyHasDecidedSince(SignalAction action, SignalAction another) {
        policy(NeutralEvent.ACCOUNT_DISABLED, action);
        LinkMark unmarked = mark;

        for (long done : List.of(TIME, TIME + 1)) {
            mark = unmarked.doneAt(action, done);
            DueActions again = due(NeutralEvent.ACCOUNT_DISABLED);
            assertThat(again.outcomes()).containsExactly(Outcome.OUTDATED);
            assertThat(again.actions())
                    .as("whoever told it first may have died before all sessions had ended")
                    .containsExactly(SignalAction.END_SESSIONS);
        }

        mark = unmarked.doneAt(action, TIME - 1);
        assertThat(due(NeutralEvent.ACCOUNT_DISABLED).actions()).containsExactly(action);
        mark = unmarked.doneAt(another, TIME);
        assertThat(due(NeutralEvent.ACCOUNT_DISABLED).actions()).containsExactly(action);
    }

    @Test
    void recordedWordThatAnAccountIsInOrderIsOutdatedByALaterSuspension() {
        policy(NeutralEvent.ACCOUNT_ENABLED, SignalAction.RECORD);
        mark = mark.suspendedAt(TIME + 1);

        assertNothing(due(NeutralEvent.ACCOUNT_ENABLED), Outcome.OUTDATED);

        mark = LinkMark.of(unmarked(), new ExternalAccount("google", "1")).suspendedAt(TIME - 1);
        assertThat(due(NeutralEvent.ACCOUNT_ENABLED).outcomes()).isEmpty();
    }

    @Test
    void whatIsOnlyRecordedStartsAWorkflow() {
        policy(NeutralEvent.ACCOUNT_DISABLED, SignalAction.RECORD);

        DueActions due = due(NeutralEvent.ACCOUNT_DISABLED);

        assertThat(due.actions()).isEmpty();
        assertThat(startsWorkflow(due)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"UNLINK", "REQUIRE_ACTION", "DISABLE_USER"})
    void whatBelongsToADirectorySuspendsTheLinkAndStartsAWorkflow(SignalAction action) {
        policy(NeutralEvent.ACCOUNT_DISABLED, action);
        ofDirectory = true;

        DueActions due = due(NeutralEvent.ACCOUNT_DISABLED);

        assertThat(due.actions()).containsExactly(SignalAction.SUSPEND_LINK);
        assertThat(due.outcomes()).containsExactly(Outcome.LEFT_TO_DIRECTORY);
        assertThat(startsWorkflow(due)).isTrue();
    }

    @Test
    void outdatedPartOfASignalIsLeftOutAndTheRestIsDone() {
        mark = mark.resumedAt(TIME + 1);

        DueActions due = due(NeutralEvent.ACCOUNT_DISABLED, NeutralEvent.SESSIONS_REVOKED);

        assertThat(due.actions()).containsExactly(SignalAction.END_SESSIONS);
        assertThat(due.outcomes()).containsExactly(Outcome.OUTDATED);
    }

    @Test
    void nothingIsLeftOfWhatIsIgnored() {
        config.put(
                "exchangeSignalsPolicy",
                Arrays.stream(NeutralEvent.values())
                        .map(event -> "{\"key\":\"" + event.id() + "\",\"value\":\"ignore\"}")
                        .collect(Collectors.joining(",", "[", "]")));
        administers = true;

        assertNothing(due(NeutralEvent.values()), Outcome.IGNORED);
    }
}
