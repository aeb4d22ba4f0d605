package dev.socialexchange.keycloak.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a node remembers of signals that have failed on it. */
class KeptSignalsTest {
    private Instant now = Instant.ofEpochSecond(1_000_000);
    private final KeptSignals kept = new KeptSignals(() -> now, Duration.ofMinutes(1));

    @Test
    void whatHasFailedRestsUntilAboutTheNextRunAndTwiceAsLongEachTimeUntilSixteen() {
        for (int minutes : List.of(1, 2, 4, 8, 16, 16, 16)) {
            kept.failed("id");
            now = now.plusSeconds(minutes * 60L - 31);
            assertThat(kept.isResting("id")).isTrue();
            now = now.plusSeconds(31);
            assertThat(kept.isResting("id")).isFalse();
        }
        assertThat(kept.isResting("another")).isFalse();
    }

    @Test
    void onceOneWorksNoneRests() {
        kept.failed("one");
        kept.failed("other");

        kept.settled("a third, that had not failed");
        assertThat(kept.isResting("other")).isTrue();
        kept.settled("one");

        assertThat(kept.knows("one")).isFalse();
        assertThat(kept.knows("other")).isTrue();
        assertThat(kept.isResting("other")).isFalse();
    }

    @Test
    void noMoreThanABoundedNumberIsRememberedAndTheRestStaysNew() {
        for (int number = 0; number < 1000; number++) {
            kept.failed("id-" + number);
        }

        assertThat(kept.count()).isEqualTo(256);
        assertThat(kept.knows("id-255")).isTrue();
        assertThat(kept.knows("id-256")).isFalse();
        kept.settled("id-0");
        kept.failed("id-256");
        assertThat(kept.knows("id-256")).isTrue();
    }

    @Test
    void whatDoesNotComeAnyMoreIsForgotten() {
        kept.failed("gone");
        now = now.plusSeconds(30 + 3600);
        assertThat(kept.count()).isEqualTo(1);

        now = now.plusSeconds(1);

        assertThat(kept.count()).isZero();
    }

    @Test
    void whatIsNewIsTriedBeforeWhatHasFailedAndNeitherTakesTheOthersNumber() {
        Set<String> ids = new LinkedHashSet<>();
        for (int number = 0; number < 100; number++) {
            kept.failed("old-" + number);
            ids.add("old-" + number);
        }
        now = now.plusSeconds(60);
        ids.add("new");
        Tries tries = new Tries(kept);

        assertThat(tries.of(ids)).hasSize(101).startsWith("new", "old-0");
        for (int number = 0; number < 64; number++) {
            tries.failed("old-" + number);
        }

        assertThat(tries.isAllowed("old-99")).isFalse();
        assertThat(tries.isAllowed("new")).isTrue();
        assertThat(tries.of(ids)).containsExactly("new");
        assertThat(tries.areOver()).isFalse();
    }
}
