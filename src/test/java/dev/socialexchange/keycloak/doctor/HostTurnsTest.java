package dev.socialexchange.keycloak.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostTurnsTest {
    private final ExecutorService administrators = Executors.newCachedThreadPool();
    private final HostTurns turns = new HostTurns();

    @AfterEach
    void stop() {
        administrators.shutdownNow();
    }

    @Test
    void howeverManyAreCuriousAHostIsAskedByOneAtATime() throws Exception {
        AtomicInteger there = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        List<Future<Boolean>> all = IntStream.range(0, 16)
                .mapToObj(i -> administrators.submit(() -> turns.take(
                        "idp.example",
                        10_000,
                        () -> {
                            most.accumulateAndGet(there.incrementAndGet(), Math::max);
                            Thread.yield();
                            there.decrementAndGet();
                            return true;
                        },
                        false)))
                .toList();

        for (Future<Boolean> one : all) {
            assertThat(one.get()).isTrue();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void whoseTurnDoesNotComeIsToldSo() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        Future<String> first = administrators.submit(() -> turns.take(
                "idp.example",
                1,
                () -> {
                    asking.countDown();
                    await(seen);
                    return "answered";
                },
                "busy"));
        await(asking);

        assertThat(turns.take("idp.example", 1, () -> "answered", "busy")).isEqualTo("busy");
        seen.countDown();
        assertThat(first.get()).isEqualTo("answered");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
