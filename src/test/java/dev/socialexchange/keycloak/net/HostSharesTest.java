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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostSharesTest {
    private static final Caller SOMEBODY = new Caller("realm", "client", "198.51.100.1");

    /** Stands still where a test does not set it: nobody's time is up because the machine is slow. */
    private final AtomicLong clock = new AtomicLong();

    private final HostShares shares = new HostShares(ShareLimits.ofHost(2), clock::get);
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
        Waiter<Share> waiting = Waiter.thatWaits(() -> acquire(Duration.ofSeconds(5), "a"));

        held.used(true);
        held.close();

        assertThat(waiting.outcome().granted()).isTrue();
    }

    @Test
    void waitsNoLongerThanItsDeadlineNorThanAHostIsSilent() throws Exception {
        enter("a");
        enter("a");
        Waiter<Share> inAHurry = Waiter.thatWaits(() -> acquire(Duration.ofMillis(50), "a"));
        Waiter<Share> patient = Waiter.thatWaits(() -> acquire(Duration.ofSeconds(5), "a"));

        clock.set(TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(inAHurry.outcome().refusal()).isEqualTo(Cause.BUSY_HERE);
        clock.set(TimeUnit.MILLISECONDS.toNanos(200) - 1);
        assertThat(patient.waits()).isTrue();
        clock.set(TimeUnit.MILLISECONDS.toNanos(200));
        assertThat(patient.outcome().refusal()).isEqualTo(Cause.SHARE_EXHAUSTED);

        Future<Share> late = threads.submit(() -> acquire(Duration.ofSeconds(5), "a"));
        assertThat(late.get(60, TimeUnit.SECONDS).refusal()).as("at once").isEqualTo(Cause.SHARE_EXHAUSTED);
    }

    @Test
    void whoIsInterruptedWhileWaitingLeavesNothingBehind() throws Exception {
        Share held = enter("a");
        enter("a");
        Waiter<Boolean> waiting =
                Waiter.thatWaits(() -> !acquire(Duration.ofSeconds(5), "a").granted()
                        && Thread.currentThread().isInterrupted());

        waiting.interrupt();

        assertThat(waiting.outcome()).isTrue();
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
        HostShares of32 = new HostShares(ShareLimits.ofHost(32), clock::get);
        List<Share> held = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            held.add(of32.acquire(List.of("a"), SOMEBODY, in(Duration.ZERO)));
        }
        assertThat(held).allMatch(Share::granted);
        // a stranger holds half of the places
        Waiter<Share> waiting = Waiter.thatWaits(() -> of32.acquire(List.of("a"), SOMEBODY, in(Duration.ofSeconds(5))));

        of32.settle("a", SOMEBODY, true);

        assertThat(waiting.outcome().granted()).isTrue();
    }

    @Test
    void noWakeUpIsLostAndNoPlaceIsGivenTwice() throws Exception {
        HostShares contended = new HostShares(ShareLimits.ofHost(4), clock::get);
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
                    try (Share share = contended.acquire(hosts, caller, in(Duration.ofSeconds(5)))) {
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
        return shares.acquire(List.of(hosts), Caller.EVERYBODY, in(Duration.ZERO));
    }

    private Share acquire(Duration patience, String host) {
        return shares.acquire(List.of(host), Caller.EVERYBODY, in(patience));
    }

    private Deadline in(Duration time) {
        return Deadline.in(time, clock::get);
    }
}
