package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;

/** However many passwords somebody tries at a time, a node computes no more hashes than it has room and processors for. */
@Timeout(60)
class HashCapacityTest {
    private static final int MEGABYTES = 1024;
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endAll() {
        end.countDown();
        threads.shutdownNow();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes its share until the test ends, and has it when this returns. */
    private void occupy(HashCapacity capacity, long bytes) {
        CountDownLatch begun = new CountDownLatch(1);
        threads.execute(() -> capacity.spend(bytes, () -> {
            begun.countDown();
            await(end);
            return true;
        }));
        await(begun);
    }

    private static void assertBusy(Throwable refused) {
        assertThat(refused).isInstanceOfSatisfying(ExchangeException.class, busy -> {
            assertThat(busy.error()).isEqualTo(ExchangeError.SERVER_BUSY);
            assertThat(busy.detail()).isEqualTo("password_hashes");
        });
    }

    @Test
    void noMoreMemoryIsInUseThanThereIs() throws Exception {
        HashCapacity capacity = new HashCapacity(64 * MEGABYTES, 100, LONG);
        AtomicInteger inUse = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int one = 0; one < HashCapacity.MAX_WAITING; one++) {
            int megabytes = 16 + one;
            all.add(CompletableFuture.runAsync(
                    () -> capacity.spend(megabytes * 1024L * 1024, () -> {
                        most.accumulateAndGet(inUse.addAndGet(megabytes), Math::max);
                        Thread.yield();
                        return inUse.addAndGet(-megabytes);
                    }),
                    threads));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();

        assertThat(most.get()).isBetween(16, 64);
        assertThat(capacity.waiting()).isZero();
    }

    /** bcrypt takes no memory worth mentioning, and a processor for a second. */
    @Test
    void noMoreHashesGoOnThanThereAreProcessors() {
        HashCapacity capacity = new HashCapacity(HashCapacityFactory.MOST_KILOBYTES, 3, 0);

        for (int one = 0; one < 3; one++) {
            occupy(capacity, 0);
        }

        assertBusy(catchThrowable(() -> capacity.spend(0, () -> true)));
    }

    @Test
    void oneThatTakesMoreThanThereIsHasAllOfIt() {
        HashCapacity capacity = new HashCapacity(16 * MEGABYTES, 4, 0);

        assertThat(capacity.<String>spend(1L << 40, () -> "made")).isEqualTo("made");

        occupy(capacity, 1L << 40);
        assertBusy(catchThrowable(() -> capacity.spend(0, () -> true)));
    }

    @Test
    void whoseTurnDoesNotComeInTimeIsSentAway() {
        HashCapacity capacity = new HashCapacity(MEGABYTES, 1, TimeUnit.MILLISECONDS.toNanos(20));
        occupy(capacity, 0);

        assertBusy(catchThrowable(() -> capacity.spend(0, () -> true)));
        assertThat(capacity.waiting()).isZero();
    }

    /** Each of them keeps a thread, and maybe a database connection. */
    @Test
    void whoComesWhenManyWaitIsSentAwayAtOnce() throws Exception {
        HashCapacity capacity = new HashCapacity(MEGABYTES, 1, LONG);
        occupy(capacity, 0);
        List<CompletableFuture<Boolean>> line = IntStream.range(0, HashCapacity.MAX_WAITING)
                .mapToObj(one -> CompletableFuture.supplyAsync(() -> capacity.spend(0, () -> true), threads))
                .toList();
        while (capacity.waiting() < HashCapacity.MAX_WAITING) {
            Thread.sleep(1);
        }

        assertBusy(catchThrowable(() -> capacity.spend(0, () -> true)));

        end.countDown();
        for (CompletableFuture<Boolean> waited : line) {
            assertThat(waited.get()).isTrue();
        }
    }

    @Test
    void whoIsInterruptedGoesAwayAndStaysInterrupted() throws Exception {
        HashCapacity capacity = new HashCapacity(MEGABYTES, 1, LONG);
        occupy(capacity, 0);
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            refused.complete(catchThrowable(() -> capacity.spend(0, () -> true)));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        waiting.interrupt();

        assertBusy(refused.get());
        assertThat(interrupted.get()).isTrue();
        assertThat(capacity.waiting()).isZero();
    }

    @Test
    void whatHasFailedGivesItsShareBack() {
        HashCapacity capacity = new HashCapacity(MEGABYTES, 1, 0);

        assertThatThrownBy(() -> capacity.spend(0, () -> {
                    throw new IllegalArgumentException("no such hash");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(capacity.<Boolean>spend(0, () -> true)).isTrue();
    }

    @Test
    void allKindsOfOursShareOneNodesCapacity() {
        HashCapacity capacity = new HashCapacity(HashCapacityFactory.MOST_KILOBYTES, 1, 0);
        KeycloakSession session = (KeycloakSession) Proxy.newProxyInstance(
                HashCapacityTest.class.getClassLoader(),
                new Class<?>[] {KeycloakSession.class},
                (proxy, method, arguments) -> capacity);
        occupy(capacity, 0);

        assertTurnedAway(
                new BcryptHash.Factory().create(session),
                "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
        assertTurnedAway(
                new ScryptHash.Factory().create(session), "scrypt$16384$s4ltS4lt$8$5$aGFzaGhhc2hoYXNoaGFzaA==");
        assertTurnedAway(
                new FirebaseHash(capacity, new FirebaseProject(new byte[64], new byte[0], 8, 14)),
                "42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==");
    }

    private static void assertTurnedAway(PasswordHashProvider verifier, String stored) {
        PasswordHash hash = PasswordHash.of(stored).orElseThrow();

        assertBusy(catchThrowable(() -> verifier.verify("password", hash.credential())));
    }

    /** What they are said to take is what they are weighed by. */
    @Test
    void aHashIsWeighedByTheMemoryThatItTakes() {
        PasswordHash scrypt = PasswordHash.of("scrypt$16384$s4ltS4lt$8$5$aGFzaGhhc2hoYXNoaGFzaA==")
                .orElseThrow();
        FirebaseProject project = new FirebaseProject(new byte[64], new byte[0], 16, 17);

        assertThat(new ScryptHash(null).bytes(scrypt.credential())).isEqualTo(16_777_216 + 5 * 1024);
        assertThat(new FirebaseHash(null, project).bytes(scrypt.credential())).isEqualTo(268_435_456 + 2048);
    }

    @Test
    void aQuarterOfTheHeapIsSpentAndNeverMoreThanTheDearestHashTakes() {
        assertThat(HashCapacityFactory.kilobytes(512L << 20)).isEqualTo(128 * 1024);
        assertThat(HashCapacityFactory.kilobytes(64L << 30)).isEqualTo(HashCapacityFactory.MOST_KILOBYTES);
        assertThat(HashCapacityFactory.kilobytes(0)).isEqualTo(1);
    }
}
