package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.ExchangeException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.keycloak.provider.Provider;

/**
 * What a node spends at a time on hashes of other back ends, all kinds together: whoever tries passwords of people who were imported could else make it compute
 * any number at once. No more memory is in use for them than it has, and no more of them go on than there are processors; the others wait in the order they came, a
 * short while, since Keycloak (26.7) may hold a database connection meanwhile.
 */
final class HashCapacity implements Provider {
    /** With the one whose turn is next. */
    static final int MAX_WAITING = 32;

    private static final int KILOBYTE = 1024;

    private final int kilobytes;
    private final int leastShare;
    private final long patienceNanos;
    private final Semaphore free;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param kilobytes of all that go on at the same time
     * @param processors how many go on at the same time at most
     */
    HashCapacity(int kilobytes, int processors, long patienceNanos) {
        this.kilobytes = kilobytes;
        this.leastShare = Math.max(1, kilobytes / processors);
        this.patienceNanos = patienceNanos;
        this.free = new Semaphore(kilobytes, true);
    }

    /**
     * @param bytes that the hash takes while it is made; one that takes more than there is has all of it
     * @throws ExchangeException if its turn does not come in time, or too many wait: Keycloak (26.7) then lets nobody in, and logs it
     */
    <T> T spend(long bytes, Supplier<T> hash) {
        int share = (int) Math.min(kilobytes, Math.max(leastShare, (bytes + KILOBYTE - 1) / KILOBYTE));
        take(share);
        try {
            return hash.get();
        } finally {
            free.release(share);
        }
    }

    private void take(int share) {
        try {
            if (waiting.incrementAndGet() > MAX_WAITING
                    || !free.tryAcquire(share, patienceNanos, TimeUnit.NANOSECONDS)) {
                throw busy();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static ExchangeException busy() {
        return ExchangeException.busy("password_hashes");
    }

    /** How many wait for their turn. */
    int waiting() {
        return waiting.get();
    }

    @Override
    public void close() {
        // one for the whole node
    }
}
