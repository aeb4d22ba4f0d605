package dev.socialexchange.keycloak.net;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The moment by which a whole proof must be finished, however many calls it takes.
 *
 * @param nanoTime by the clock
 * @param clock nanoseconds, as {@link System#nanoTime()}
 */
public record Deadline(long nanoTime, LongSupplier clock) {

    public static Deadline in(Duration duration, LongSupplier clock) {
        return new Deadline(clock.getAsLong() + duration.toNanos(), clock);
    }

    /** Milliseconds left, at least 1, so that it can be handed to APIs for which 0 means "no limit". */
    public int remainingMillis() {
        return (int) Math.max(1, (nanoTime - clock.getAsLong()) / 1_000_000);
    }

    public boolean passed() {
        return clock.getAsLong() - nanoTime >= 0;
    }
}
