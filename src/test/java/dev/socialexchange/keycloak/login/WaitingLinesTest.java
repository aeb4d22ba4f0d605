package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingLinesTest {
    private static final long PATIENT = TimeUnit.SECONDS.toNanos(20);
    private static final long IMPATIENT = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MANY = 200;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void oneAtATimeHasTheTurnAndEverybodyGetsIt() throws InterruptedException {
        WaitingLines lines = new WaitingLines(MANY);
        AtomicInteger inside = new AtomicInteger();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(MANY);

        IntStream.range(0, MANY)
                .forEach(number -> threads.execute(() -> {
                    WaitingLines.Turn turn = lines.enter("account", PATIENT).orElseThrow();
                    seen.add(inside.incrementAndGet());
                    Thread.yield();
                    inside.decrementAndGet();
                    turn.over();
                    done.countDown();
                }));

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasSize(MANY).containsOnly(1);
        assertThat(lines.size()).isZero();
    }

    @Test
    void whoComesWhenTheLineIsFullIsSentAwayAtOnce() throws InterruptedException {
        WaitingLines lines = new WaitingLines(2);
        WaitingLines.Turn first = lines.enter("account", PATIENT).orElseThrow();
        CountDownLatch turned = new CountDownLatch(1);
        threads.execute(() -> {
            lines.enter("account", PATIENT).orElseThrow().over();
            turned.countDown();
        });
        while (lines.length("account") < 2) {
            Thread.onSpinWait();
        }

        long before = System.nanoTime();
        Optional<WaitingLines.Turn> third = lines.enter("account", PATIENT);

        assertThat(third).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(lines.enter("another account", IMPATIENT)).isPresent();
        first.over();
        assertThat(turned.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoGivesUpIsNoLongerInTheLine() {
        WaitingLines lines = new WaitingLines(2);
        WaitingLines.Turn first = lines.enter("account", PATIENT).orElseThrow();

        assertThat(lines.enter("account", IMPATIENT)).isEmpty();
        assertThat(lines.enter("account", IMPATIENT)).isEmpty();
        assertThat(lines.length("account")).isEqualTo(1);

        first.over();
        assertThat(lines.size()).isZero();
        assertThat(lines.enter("account", IMPATIENT)).isPresent();
    }

    @Test
    void interruptedThreadDoesNotGetTheTurnAndStaysInterrupted() {
        WaitingLines lines = new WaitingLines(2);
        WaitingLines.Turn first = lines.enter("account", PATIENT).orElseThrow();
        Thread.currentThread().interrupt();

        assertThat(lines.enter("account", PATIENT)).isEmpty();

        assertThat(Thread.interrupted()).isTrue();
        first.over();
        assertThat(lines.size()).isZero();
    }
}
