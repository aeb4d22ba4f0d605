package dev.socialexchange.keycloak.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told once, twice, at the same moment, and by a node that dies. */
class TakenOnceTest {
    private final List<String> done = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1_000_000);
    private final Once once = new OfflineKeycloak().at(() -> now).once();
    private final TakenOnce taken = new TakenOnce(once, "signal");

    private Optional<String> take(String what) {
        return taken.of(
                false,
                () -> {
                    done.add(what);
                    return what;
                },
                said -> !said.equals("stranger"));
    }

    @Test
    void whatIsToldAgainIsNotDoneAgain() {
        assertThat(take("first")).contains("first");
        assertThat(take("again")).isEmpty();

        assertThat(done).containsExactly("first");
    }

    @Test
    void whatFailedIsDoneWhenItIsToldAgain() {
        assertThatThrownBy(() -> taken.of(
                        false,
                        () -> {
                            throw ExchangeException.busy("database");
                        },
                        said -> true))
                .isInstanceOf(ExchangeException.class);

        assertThat(take("again")).contains("again");
    }

    /** The first one may still fail: nobody says before that it is done. */
    @Test
    void whoComesInTheMiddleIsToldToComeAgain() {
        taken.of(
                false,
                () -> {
                    assertThatThrownBy(() -> take("meanwhile"))
                            .isInstanceOfSatisfying(ExchangeException.class, later -> assertThat(later.error())
                                    .isEqualTo(ExchangeError.SERVER_BUSY));
                    return "first";
                },
                said -> true);

        assertThat(done).isEmpty();
        assertThat(take("again")).isEmpty();
    }

    @Test
    void nodeThatDiesInTheMiddleKeepsNobodyOutForLong() {
        once.claim("signal:busy", 60, 60);
        now = now.plusSeconds(61);

        assertThat(take("again")).contains("again");
    }

    /** However many there are, none of them takes any memory. */
    @Test
    void nothingIsRememberedOfStrangers() {
        for (int i = 0; i < 100_000; i++) {
            int number = i;
            new TakenOnce(once, "stranger-" + i).of(false, () -> "stranger", said -> false);
            if (i % 10_000 == 0) {
                assertThat(once.contains("stranger-" + number)).isFalse();
                assertThat(once.contains("stranger-" + number + ":busy")).isFalse();
            }
        }
        assertThat(take("stranger")).contains("stranger");
        assertThat(take("stranger")).contains("stranger");
    }

    @Test
    void whatIsToldAfterADayIsDoneOnceMore() {
        take("first");
        now = now.plusSeconds(24 * 60 * 60 + 1);

        assertThat(take("late")).contains("late");
    }
}
