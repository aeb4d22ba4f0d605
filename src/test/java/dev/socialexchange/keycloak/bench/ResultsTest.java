package dev.socialexchange.keycloak.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the benchmark makes of its turns. */
class ResultsTest {
    private static final double EXACT = 1e-9;

    private final Grant ours = new Grant("ours", 0, () -> new byte[0]);
    private final Grant reference = new Grant("reference", 0, () -> new byte[0]);
    private final Results results = new Results(List.of(reference, ours));

    @Test
    void eachTurnIsComparedWithItsNeighbourSoThatADisturbanceOfBothCancelsOut() {
        turns(100, 50);
        turns(10, 5); // something else went on
        turns(100, 60);

        assertThat(results.ratio(ours, reference, 0.5)).isCloseTo(0.5, within(EXACT));
        assertThat(results.ratio(ours, reference, 1)).isCloseTo(0.6, within(EXACT));
        assertThat(results.ratio(ours, reference, 0.75)).isCloseTo(0.55, within(EXACT));
        assertThat(results.ratio(reference, reference, 0.5)).isCloseTo(1, within(EXACT));
    }

    @Test
    void whoTakesHalfTheProcessorTimeForAnAnswerCountsTwice() {
        results.add(reference, turn(100, 0, Duration.ofMillis(400)));
        results.add(ours, turn(50, 0, Duration.ofMillis(100)));

        assertThat(results.ratioByCpu(ours, reference)).isCloseTo(2, within(EXACT));
        assertThat(results.cpuMillis(ours)).isCloseTo(2, within(EXACT));
    }

    @Test
    void refusalsAreCountedAndAreNoAnswers() {
        results.add(ours, turn(3, 2, Duration.ZERO));
        results.add(ours, turn(5, 4, Duration.ZERO));

        assertThat(results.refused(ours)).isEqualTo(6);
        assertThat(results.perSecond(ours)).isCloseTo(4, within(EXACT));
    }

    private void turns(int answersOfReference, int answersOfOurs) {
        results.add(reference, turn(answersOfReference, 0, Duration.ofMillis(1)));
        results.add(ours, turn(answersOfOurs, 0, Duration.ofMillis(1)));
    }

    private static Turn turn(int answers, int refused, Duration cpu) {
        return new Turn(Collections.nCopies(answers, 1.0), refused, Duration.ofSeconds(1), cpu);
    }
}
