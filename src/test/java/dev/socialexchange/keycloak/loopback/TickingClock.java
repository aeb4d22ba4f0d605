package dev.socialexchange.keycloak.loopback;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A slow clock that stands still while the machine does, so that neither a busy nor a stalled one looks like a slow provider. */
final class TickingClock implements LongSupplier, AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(10);

    private final AtomicLong nanos = new AtomicLong();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();

    /** @param slow how many times slower than ours it goes */
    TickingClock(int slow) {
        // with a delay rather than at a rate: what a stall has taken is not made up for
        ticker.scheduleWithFixedDelay(
                () -> nanos.addAndGet(TICK.toNanos() / slow), TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
