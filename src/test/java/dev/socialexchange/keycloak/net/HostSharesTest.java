package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.net.HostShares.Share;
import dev.socialexchange.keycloak.net.Outcome.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostSharesTest {
    private static final Caller SOMEBODY = new Caller("realm", "client", "198.51.100.1");
    private static final Deadline SOON = new Deadline(System.nanoTime(), System::nanoTime);

    private final HostShares shares = new HostShares(ShareLimits.ofHost(2), System::nanoTime);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void letsInAsManyAsTheShareAndOneMoreForEachThatLeaves() {
        Share first = enter("a");
        Share second = enter("a");
        assertThat(List.of(first, second)).allMatch(Share::granted);
        assertThat(enter("a").granted()).isFalse();

        first.close();

        assertThat(enter("a").granted()).isTrue();
        assertThat(enter("a").granted()).isFalse();
    }

    @Test
    void oneExchangeCountsOnceForItsHostHoweverManyCallsItMakes() {
        assertThat(enter("a", "a", "a").granted()).isTrue();
        assertThat(enter("a").granted()).isTrue();
    }

    @Test
    void aFullHostTakesNoPlaceAtTheOthers() {
        enter("full");
        enter("full");
        for (int i = 0; i < 5; i++) {
            assertThat(enter("free", "full").granted()).isFalse();
            assertThat(enter("full", "zzz").granted()).isFalse();
        }

        for (String host : List.of("free", "zzz")) {
            assertThat(enter(host).granted()).isTrue();
            assertThat(enter(host).granted()).isTrue();
        }
    }

    @Test
    void hostsDoNotShareWithEachOther() {
        enter("a");
        enter("a");

        assertThat(enter("b").granted()).isTrue();
    }

    @Test
    void whoWaitsGetsThePlaceThatBecomesFree() throws Exception {
        Share held = enter("a");
        enter("a");
        Future<Share> waiting = threads.submit(() -> acquire(Duration.ofSeconds(5), "a"));
        TimeUnit.MILLISECONDS.sleep(50);
        assertThat(waiting).isNotDone();

        held.used(true);
        held.close();

        assertThat(waiting.get(2, TimeUnit.SECONDS).granted()).isTrue();
    }

    @Test
    void waitsNoLongerThanItsDeadlineNorThanAHostIsSilent() throws Exception {
        enter("a");
        enter("a");
        long start = System.nanoTime();
        assertThat(acquire(Duration.ofMillis(50), "a").granted()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(190));

        Share late = acquire(Duration.ofSeconds(5), "a");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(180), Duration.ofMillis(700));
        assertThat(late.refusal()).isEqualTo(Cause.SHARE_EXHAUSTED);
        start = System.nanoTime();
        assertThat(acquire(Duration.ofSeconds(5), "a").granted()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("at once").isLessThan(Duration.ofMillis(100));
    }

    @Test
    void whoIsInterruptedWhileWaitingLeavesNothingBehind() throws Exception {
        Share held = enter("a");
        enter("a");
        AtomicInteger interrupted = new AtomicInteger();
        Thread waiting = new Thread(() -> {
            if (!acquire(Duration.ofSeconds(5), "a").granted()
                    && Thread.currentThread().isInterrupted()) {
                interrupted.incrementAndGet();
            }
        });
        waiting.start();
        TimeUnit.MILLISECONDS.sleep(50);
        waiting.interrupt();
        waiting.join(2000);

        assertThat(interrupted).hasValue(1);
        held.close();
        assertThat(enter("a").granted()).as("nobody waits before us").isTrue();
    }

    @Test
    void aPlaceIsGivenBackWhateverHappensToItsHolder() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> {
                        try (Share share = enter("a", "b")) {
                            assertThat(share.granted()).isTrue();
                            throw new IllegalStateException("broken");
                        }
                    })
                    .hasMessage("broken");
        }
        Share twice = enter("a");
        twice.close();
        twice.close();

        assertThat(List.of(enter("a"), enter("a"))).allMatch(Share::granted);
        assertThat(enter("a").granted())
                .as("a place that was given back twice counts once")
                .isFalse();
    }

    @Test
    void whatBecameOfATokenDecidesAboutThoseWhoWait() throws Exception {
        HostShares of32 = new HostShares(ShareLimits.ofHost(32), System::nanoTime);
        List<Share> held = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            held.add(of32.acquire(List.of("a"), SOMEBODY, SOON));
        }
        assertThat(held).allMatch(Share::granted);
        Future<Share> waiting = threads.submit(
                () -> of32.acquire(List.of("a"), SOMEBODY, Deadline.in(Duration.ofSeconds(5), System::nanoTime)));
        TimeUnit.MILLISECONDS.sleep(50);
        assertThat(waiting).as("a stranger holds half of the places").isNotDone();

        of32.settle("a", SOMEBODY, true);

        assertThat(waiting.get(1, TimeUnit.SECONDS).granted()).isTrue();
    }

    @Test
    void noWakeUpIsLostAndNoPlaceIsGivenTwice() throws Exception {
        Duration patience = Duration.ofSeconds(20); // what is counted here is no matter of time
        ShareLimits limits = new ShareLimits(4, patience, patience, patience);
        HostShares contended = new HostShares(limits, System::nanoTime);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) { // no more than there is room for
            Caller caller = new Caller("realm", "client", "198.51.100." + thread % 3);
            contended.settle("a", caller, true);
            contended.settle("b", caller, true);
            all.add(threads.submit(() -> {
                for (int i = 0; i < 2_000; i++) {
                    List<String> hosts = i % 2 == 0 ? List.of("a", "b") : List.of("b", "a");
                    try (Share share = contended.acquire(hosts, caller, Deadline.in(patience, System::nanoTime))) {
                        if (share.granted()) {
                            served.incrementAndGet();
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            if (ThreadLocalRandom.current().nextInt(50) == 0) {
                                Thread.sleep(1);
                            }
                            inside.decrementAndGet();
                            share.used(true);
                        }
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }

        assertThat(most.get()).isLessThanOrEqualTo(4);
        assertThat(served).hasValue(8 * 2_000);
    }

    @Test
    void hostsAtWhichNobodyIsAreForgotten() {
        Share held = enter("held");
        for (int i = 0; i < 10 * HostShares.CAPACITY; i++) {
            enter("host-" + i).close();
        }

        assertThat(shares.size()).isLessThanOrEqualTo(HostShares.CAPACITY);
        enter("held");
        assertThat(enter("held").granted())
                .as("a host at which somebody is, is not")
                .isFalse();
        held.close();
    }

    /** As one of those whose requests are for everybody, to whom all places are open. */
    private Share enter(String... hosts) {
        return shares.acquire(List.of(hosts), Caller.EVERYBODY, SOON);
    }

    private Share acquire(Duration patience, String host) {
        return shares.acquire(List.of(host), Caller.EVERYBODY, Deadline.in(patience, System::nanoTime));
    }
}
