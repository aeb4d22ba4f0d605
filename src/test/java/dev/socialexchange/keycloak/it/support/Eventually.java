package dev.socialexchange.keycloak.it.support;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what comes by itself, a moment after what it comes of. */
public final class Eventually {
    private static final long PAUSE_MILLIS = 50;

    private Eventually() {}

    /**
     * @param what is waited for
     * @throws AssertionError if it has not come by then
     */
    public static void await(String what, Duration patience, BooleanSupplier reached) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(what + ": not within " + patience);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
