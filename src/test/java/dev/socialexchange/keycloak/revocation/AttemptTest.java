package dev.socialexchange.keycloak.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExtensionLog;
import dev.socialexchange.keycloak.proof.TokenWithdrawal.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of a provider on behalf of somebody who is gone, and what is told of it. */
class AttemptTest {
    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private final Deque<Result> answers = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private boolean wanted = true;
    private boolean inUse;
    private int asked;

    private Consumer<Consumer<Attempt.Grant>> sessions = work -> work.accept(new Grant());

    private final class Grant implements Attempt.Grant {
        @Override
        public boolean isWanted() {
            return wanted;
        }

        @Override
        public boolean isInUse() {
            return inUse;
        }

        @Override
        public Result takeBack() {
            asked++;
            if (answers.isEmpty()) {
                throw new IllegalStateException("of a type's own code");
            }
            return answers.remove();
        }

        @Override
        public void tell(String outcome) {
            told.add(outcome);
        }
    }

    private boolean attempt(boolean last) {
        return new Attempt(sessions, logged::add).isAll(last);
    }

    @Test
    void grantIsTakenBackAndTold() {
        answers.add(Result.DONE);

        assertThat(attempt(false)).isTrue();

        assertThat(told).containsExactly("done");
        assertThat(logged).isEmpty();
    }

    /** One account on two users, of whom one is unlinked: the other's grant is the same one. */
    @Test
    void grantOfAnAccountThatIsStillLinkedToSomebodyIsNotTakenBack() {
        inUse = true;
        answers.add(Result.DONE);

        assertThat(attempt(false)).isTrue();

        assertThat(asked).isZero();
        assertThat(told).containsExactly("in_use");
        assertThat(logged).isEmpty();
    }

    /** The provider was down when the link went, and is up again when the person has linked anew. */
    @Test
    void grantThatIsGivenAnewBetweenTwoAttemptsIsNotTakenBack() {
        answers.addAll(List.of(Result.LATER, Result.DONE));
        assertThat(attempt(false)).isFalse();
        inUse = true;

        assertThat(attempt(true)).isTrue();

        assertThat(asked).isEqualTo(1);
        assertThat(told).containsExactly("in_use");
    }

    @ParameterizedTest
    @CsvSource({"REFUSED,refused", "NOTHING_TO_SEND,nothing_to_send"})
    void whatTheProviderWillNotTakeBackIsToldAtOnce(Result result, String outcome) {
        answers.add(result);

        assertThat(attempt(false)).isTrue();

        assertThat(told).containsExactly(outcome);
        assertThat(logged).containsExactly(outcome);
    }

    @Test
    void providerThatDoesNotAnswerIsToldOnTheLastAttemptOnly() {
        answers.addAll(List.of(Result.LATER, Result.LATER));

        assertThat(attempt(false)).isFalse();
        assertThat(told).isEmpty();
        assertThat(attempt(true)).isTrue();

        assertThat(told).containsExactly("unreachable");
        assertThat(logged).containsExactly("unreachable");
    }

    @Test
    void whatFailsInCodeOfOthersIsTriedAgainAndToldOnTheLastAttempt() {
        assertThat(attempt(false)).isFalse();
        assertThat(told).isEmpty();

        assertThat(attempt(true)).isTrue();

        assertThat(told).containsExactly("failed");
        assertThat(logged).containsExactly("failed");
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void whatCannotEvenBeginIsInTheLogOnTheLastAttempt() {
        sessions = work -> {
            throw new IllegalStateException("no database");
        };

        assertThat(attempt(true)).isTrue();

        assertThat(logged).containsExactly("failed");
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void whatThereIsNoRoomForIsToldToo() {
        new Attempt(sessions, logged::add).gaveUp("not_tried");

        assertThat(asked).isZero();
        assertThat(told).containsExactly("not_tried");
        assertThat(logged).containsExactly("not_tried");
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotAskedForNorTold() {
        wanted = false;

        assertThat(attempt(true)).isTrue();

        assertThat(asked).isZero();
        assertThat(told).isEmpty();
        assertThat(logged).isEmpty();
    }
}
