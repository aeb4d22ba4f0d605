package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentRefusalsTest {
    private static final ExchangeException REFUSAL =
            ExchangeException.refuse(ExchangeError.TOKEN_INVALID, "The token is not valid", "refused_by_provider");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // nanoTime may wrap
    private final RecentRefusals refusals = new RecentRefusals(clock::get);

    @Test
    void answersTheSameQuestionWithTheSameRefusalForAMoment() {
        refusals.remember(List.of("realm", "provider", "token"), REFUSAL);

        assertThat(refusals.find(List.of("realm", "provider", "token"))).containsSame(REFUSAL);
        clock.addAndGet(RecentRefusals.LIFE.toNanos() - 1);
        assertThat(refusals.find(List.of("realm", "provider", "token"))).containsSame(REFUSAL);
        clock.addAndGet(1);
        assertThat(refusals.find(List.of("realm", "provider", "token"))).isEmpty();
    }

    @Test
    void noOtherQuestionIsTakenForIt() {
        refusals.remember(question("realm", "provider", null, "token"), REFUSAL);

        for (List<String> other : List.of(
                question("realm", "provider", "", "token"),
                question("realm", "provider", "token", null),
                question("realm", "providertoken", null, ""),
                question("realm", "provider", "token"),
                question("realmprovider", null, "token"),
                question("other", "provider", null, "token"))) {
            assertThat(refusals.find(other)).as("%s", other).isEmpty();
        }
    }

    @Test
    void howeverManyTokensTakeBoundedRoomAndTheLatestAreKnown() {
        for (int i = 0; i < 100_000; i++) {
            refusals.remember(List.of("invented-" + i), REFUSAL);
        }

        assertThat(refusals.size()).isLessThanOrEqualTo(RecentRefusals.CAPACITY);
        assertThat(refusals.find(List.of("invented-99999"))).isPresent();
    }

    @Test
    void whatHasEndedIsForgotten() {
        for (int i = 0; i < 100; i++) {
            refusals.remember(List.of("early-" + i), REFUSAL);
        }
        clock.addAndGet(RecentRefusals.LIFE.toNanos());
        refusals.remember(List.of("late"), REFUSAL);

        assertThat(refusals.size()).isEqualTo(1);
    }

    private static List<String> question(String... parts) {
        return new ArrayList<>(Arrays.asList(parts));
    }
}
