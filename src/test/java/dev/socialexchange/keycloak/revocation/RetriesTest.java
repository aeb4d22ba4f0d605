package dev.socialexchange.keycloak.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done beside requests ends: with success, after so many attempts, or with the node. */
@Timeout(20)
class RetriesTest {
    private static final Duration SOON = Duration.ofMillis(5);

    private final LinkedBlockingQueue<Boolean> attempts = new LinkedBlockingQueue<>();

    @Test
    void isTriedUntilItIsDone() throws InterruptedException {
        Retries retries = new Retries(List.of(Duration.ZERO, SOON, SOON, SOON));

        AtomicInteger number = new AtomicInteger();
        assertThat(retries.begin(last -> {
                    attempts.add(last);
                    return number.incrementAndGet() == 2;
                }))
                .isTrue();

        assertThat(attempts.poll(10, TimeUnit.SECONDS)).isFalse();
        assertThat(attempts.poll(10, TimeUnit.SECONDS)).isFalse();
        assertThat(attempts.poll(300, TimeUnit.MILLISECONDS)).isNull();
        assertThat(retries.stop()).isZero();
    }

    @Test
    void isGivenUpAfterTheLastAttemptWhichKnowsThatItIsTheLast() throws InterruptedException {
        Retries retries = new Retries(List.of(Duration.ZERO, SOON, SOON));

        retries.begin(last -> {
            attempts.add(last);
            return false;
        });

        assertThat(attempts.poll(10, TimeUnit.SECONDS)).isFalse();
        assertThat(attempts.poll(10, TimeUnit.SECONDS)).isFalse();
        assertThat(attempts.poll(10, TimeUnit.SECONDS)).isTrue();
        assertThat(attempts.poll(300, TimeUnit.MILLISECONDS)).isNull();
        retries.stop();
    }

    @Test
    void noMoreWaitThanThereIsRoomForAndANodeThatStopsSaysHowManyItLeaves() throws InterruptedException {
        Retries retries = new Retries(List.of(Duration.ofHours(1)));
        for (int number = 0; number < Retries.MOST; number++) {
            assertThat(retries.begin(last -> true)).isTrue();
        }

        assertThat(retries.begin(last -> true)).isFalse();
        assertThat(retries.stop()).isEqualTo(Retries.MOST);
        assertThat(retries.begin(last -> true)).isFalse();
    }

    @Test
    void whoeverBeginsDoesNotWait() throws InterruptedException {
        Retries retries = new Retries(List.of(Duration.ZERO));
        CountDownLatch provider = new CountDownLatch(1);

        retries.begin(last -> {
            try {
                provider.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            attempts.add(last);
            return true;
        });

        assertThat(attempts).isEmpty();
        provider.countDown();
        assertThat(attempts.poll(10, TimeUnit.SECONDS)).isTrue();
        retries.stop();
    }

    @Test
    void nodeThatStopsCountsWhatIsBeingTriedAsWell() throws InterruptedException {
        Retries retries = new Retries(List.of(Duration.ZERO));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch provider = new CountDownLatch(1);
        retries.begin(last -> {
            begun.countDown();
            try {
                provider.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(retries.stop()).isEqualTo(1);
    }
}
