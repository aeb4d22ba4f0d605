package dev.socialexchange.keycloak.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final long MEGABYTE = 1 << 20;
    private static final Reading BEFORE = reading(100 * MEGABYTE, 200, Map.of());

    @Test
    void whatHasStayedAsItWasHasNotGrown() {
        assertThat(Verdict.growth(BEFORE, BEFORE, 0, 0)).isEmpty();
    }

    @Test
    void peopleWhoHaveComeMayHaveRowsOfTheirOwnAndNoOthers() {
        Reading more =
                reading(100 * MEGABYTE, 200, Map.of("user_entity", 7L, "federated_identity", 7L, "event_entity", 1L));

        assertThat(Verdict.growth(BEFORE, more, 7, 0))
                .singleElement()
                .asString()
                .startsWith("event_entity");
        assertThat(Verdict.growth(BEFORE, more, 6, 0)).hasSize(3);
    }

    @Test
    void heapThatKeepsSomethingOfEachRequestHasGrown() {
        assertThat(Verdict.growth(BEFORE, reading(140 * MEGABYTE, 200, Map.of()), 0, 0))
                .singleElement()
                .asString()
                .startsWith("heap");
        assertThat(Verdict.growth(BEFORE, reading(100 * MEGABYTE, 3_000, Map.of()), 0, 0))
                .containsExactly("objects of ours: 200, then 3000");
    }

    @Test
    void whatIsRememberedOfThoseWhoHaveComeIsNoGrowth() {
        Reading more = new Reading(new Heap(144 * MEGABYTE, 200), 50, 20, 0, 33_000, Map.of());

        assertThat(Verdict.growth(BEFORE, more, 0, 33_000)).isEmpty();
        assertThat(Verdict.growth(BEFORE, more, 0, 0))
                .singleElement()
                .asString()
                .startsWith("single-use");
        Reading much = new Reading(new Heap(170 * MEGABYTE, 200), 50, 20, 0, 33_000, Map.of());
        assertThat(Verdict.growth(BEFORE, much, 0, 33_000))
                .singleElement()
                .asString()
                .startsWith("heap");
        Reading people = reading(124 * MEGABYTE, 200, Map.of("user_entity", 1_200L, "federated_identity", 1_200L));
        assertThat(Verdict.growth(BEFORE, people, 1_200, 0)).isEmpty();
    }

    @Test
    void threadsConnectionsAndSingleUseObjectsAreWatched() {
        Reading more = new Reading(new Heap(100 * MEGABYTE, 200), 90, 40, 1, 100, Map.of());

        List<String> grown = Verdict.growth(BEFORE, more, 0, 50);

        assertThat(grown).hasSize(4);
        assertThat(Verdict.growth(BEFORE, more, 0, 90)).hasSize(3);
    }

    @Test
    void heapIsReadFromTheHistogramOfTheJvm() {
        Heap heap = Heap.of(
                """
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:        100000        8000000  [B (java.base@17.0.15)
                   2:            40           1600  dev.socialexchange.keycloak.throttle.Level
                   3:             2             64  [Ldev.socialexchange.keycloak.ExchangeError;
                   4:             2             64  dev.socialexchange.keycloak.ExchangeError
                Total        100044        8001728
                """);

        assertThat(heap).isEqualTo(new Heap(8_001_728, 42));
    }

    private static Reading reading(long bytes, long ours, Map<String, Long> rows) {
        return new Reading(new Heap(bytes, ours), 50, 20, 0, 0, new HashMap<>(rows));
    }
}
