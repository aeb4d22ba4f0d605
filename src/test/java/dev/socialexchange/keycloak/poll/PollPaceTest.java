package dev.socialexchange.keycloak.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a transmitter is asked, by two nodes that share what is once. */
class PollPaceTest {
    private Instant now = Instant.ofEpochSecond(1_000_000);
    private final Once once = new OfflineKeycloak().at(() -> now).once();
    private final PollPace here = PollPace.every(60);
    private final PollPace there = PollPace.every(60);

    @Test
    void oneNodeAsksInAnInterval() {
        assertThat(here.isDue(once, "a")).isTrue();
        assertThat(there.isDue(once, "a")).isFalse();
        assertThat(there.isDue(once, "another")).isTrue();

        now = now.plusSeconds(60);

        assertThat(there.isDue(once, "a")).isTrue();
        assertThat(here.isDue(once, "a")).isFalse();
    }

    @Test
    void whoDoesNotAnswerWellIsAskedEverMoreSeldomByAllNodes() {
        here.isDue(once, "a");
        assertThat(here.failed(once, "a")).isEqualTo(1);
        now = now.plusSeconds(119);
        assertThat(there.isDue(once, "a")).isFalse();
        now = now.plusSeconds(1);
        assertThat(here.isDue(once, "a")).isTrue();
        for (int times = 0; times < 20; times++) {
            here.failed(once, "a");
            now = now.plusSeconds(60 * 32);
            assertThat(here.isDue(once, "a")).as("never longer than 32 minutes").isTrue();
        }

        here.succeeded("a");

        assertThat(here.failed(once, "a")).isEqualTo(1);
    }
}
