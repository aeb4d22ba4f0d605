package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Somebody whose link is suspended gets a mail once in a while, and is told of none that has not left. */
class ResumeMailTest {
    private final Once nodes = new OfflineKeycloak().at(() -> Instant.EPOCH).once();
    private final AtomicInteger tries = new AtomicInteger();

    private boolean send(boolean taken) {
        return ResumeMail.once(nodes, "resume", () -> {
            tries.incrementAndGet();
            return taken;
        });
    }

    @Test
    void mailThatTheServerDoesNotTakeIsTriedAgainAtOnce() {
        assertThat(send(false)).isFalse();
        assertThat(send(false)).isFalse();
        assertThat(send(true)).isTrue();

        assertThat(tries).hasValue(3);
    }

    @Test
    void mailThatFailsInAnotherWayIsTriedAgainAsWell() {
        assertThatThrownBy(() -> ResumeMail.once(nodes, "resume", () -> {
                    throw new IllegalStateException("a template");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(send(true)).isTrue();
        assertThat(tries).hasValue(1);
    }

    @Test
    void mailIsSentOnceInAWhile() {
        assertThat(send(true)).isTrue();
        assertThat(send(true)).as("there is one on the way").isTrue();

        assertThat(tries).hasValue(1);
    }
}
