package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.net.ProviderCalls.Loaded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedLoadsTest {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final AtomicLong clock = new AtomicLong(1000);
    private final SharedLoads loads = new SharedLoads(clock::get);
    private final AtomicInteger loaded = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void oneLoadsAndAllOthersJoin() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        List<Future<Optional<Loaded<Object>>>> all = new ArrayList<>();
        all.add(threads.submit(() -> load("keys", () -> {
            loading.countDown();
            await(finish);
            return loaded.incrementAndGet();
        })));
        loading.await();
        for (int i = 0; i < 63; i++) {
            all.add(threads.submit(() -> load("keys", loaded::incrementAndGet)));
        }
        finish.countDown();

        for (Future<Optional<Loaded<Object>>> one : all) {
            assertThat(one.get().orElseThrow().value()).isEqualTo(1);
        }
        assertThat(loaded).hasValue(1);
    }

    @Test
    void whatWasLoadedIsKeptAsLongAsItIsFreshEnough() {
        load("keys", loaded::incrementAndGet);
        clock.addAndGet(FRESH.toNanos() - 1);
        assertThat(load("keys", loaded::incrementAndGet).orElseThrow()).isEqualTo(new Loaded<Object>(1000, 1));
        clock.addAndGet(1);

        assertThat(load("keys", loaded::incrementAndGet).orElseThrow().value()).isEqualTo(2);
        assertThat(loads.kept("other keys", FRESH)).isEmpty();
    }

    @Test
    void aFailureIsEverybodysWhoWaitedAndNobodysAfterwards() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(1);
        Future<?> leader = threads.submit(() -> load("keys", () -> {
            loading.countDown();
            await(joined);
            throw new IllegalArgumentException("no keys");
        }));
        loading.await();
        Waiter<?> follower = Waiter.thatWaits(() -> load("keys", loaded::incrementAndGet));
        joined.countDown();

        for (ThrowingCallable outcome : List.<ThrowingCallable>of(leader::get, follower::outcome)) {
            assertThatThrownBy(outcome)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalArgumentException.class);
        }
        assertThat(load("keys", loaded::incrementAndGet)).isPresent();
    }

    @Test
    void nobodyWaitsLongerThanTheirOwnDeadline() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        threads.submit(() -> load("keys", () -> {
            loading.countDown();
            await(never);
            return 1;
        }));
        loading.await();
        long start = System.nanoTime();

        assertThat(loads.load(
                        "keys", Deadline.in(Duration.ofMillis(100), System::nanoTime), FRESH, Duration.ZERO, () -> 2))
                .isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        never.countDown();
    }

    @Test
    void thoseWhoComeDuringThePauseShareALoadThatBeginsAfterIt() throws Exception {
        Future<Optional<Loaded<Object>>> first = threads.submit(() -> loads.load(
                "keys",
                Deadline.in(Duration.ofSeconds(30), System::nanoTime),
                FRESH,
                Duration.ofMillis(300),
                loaded::incrementAndGet));
        while (loads.size() == 0) {
            Thread.onSpinWait();
        }
        clock.set(2000);
        long arrived = clock.get();

        Loaded<Object> joined = load("keys", loaded::incrementAndGet).orElseThrow();

        assertThat(joined).isEqualTo(first.get().orElseThrow());
        assertThat(joined.begun()).isGreaterThanOrEqualTo(arrived);
        assertThat(loaded).hasValue(1);
    }

    @Test
    void howeverManyNamesTakeBoundedRoom() {
        for (int i = 0; i < 10_000; i++) {
            load("keys-" + i, loaded::incrementAndGet);
        }

        assertThat(loads.size()).isLessThanOrEqualTo(SharedLoads.CAPACITY);
    }

    private Optional<Loaded<Object>> load(String name, Supplier<?> load) {
        return loads.load(name, Deadline.in(Duration.ofSeconds(30), System::nanoTime), FRESH, Duration.ZERO, load);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
