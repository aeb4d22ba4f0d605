package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class HostSharesTest {
    private final HostShares shares = new HostShares(2);

    @Test
    void letsInAsManyAsTheShareAndOneMoreForEachThatLeaves() {
        HostShares.Share first = shares.acquire(List.of("a")).orElseThrow();
        shares.acquire(List.of("a")).orElseThrow();
        assertThat(shares.acquire(List.of("a"))).isEmpty();

        first.close();

        assertThat(shares.acquire(List.of("a"))).isPresent();
        assertThat(shares.acquire(List.of("a"))).isEmpty();
    }

    @Test
    void oneExchangeCountsOnceForItsHostHoweverManyCallsItMakes() {
        assertThat(shares.acquire(List.of("a", "a", "a"))).isPresent();
        assertThat(shares.acquire(List.of("a"))).isPresent();
    }

    @Test
    void aFullHostTakesNoPlaceAtTheOthers() {
        shares.acquire(List.of("full")).orElseThrow();
        shares.acquire(List.of("full")).orElseThrow();
        for (int i = 0; i < 5; i++) {
            assertThat(shares.acquire(List.of("free", "full"))).isEmpty();
        }

        assertThat(shares.acquire(List.of("free"))).isPresent();
        assertThat(shares.acquire(List.of("free"))).isPresent();
    }

    @Test
    void hostsDoNotShareWithEachOther() {
        shares.acquire(List.of("a")).orElseThrow();
        shares.acquire(List.of("a")).orElseThrow();

        assertThat(shares.acquire(List.of("b"))).isPresent();
    }

    @Test
    void neverLetsInMoreUnderContention() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Optional<HostShares.Share>>> attempts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            attempts.add(threads.submit(() -> {
                start.await();
                return shares.acquire(List.of("a", "b"));
            }));
        }
        start.countDown();
        int entered = 0;
        for (Future<Optional<HostShares.Share>> attempt : attempts) {
            entered += attempt.get().isPresent() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(entered).isLessThanOrEqualTo(2);
    }
}
