package dev.socialexchange.keycloak.net;

import java.time.Duration;

/** The moment by which a whole proof must be finished, however many calls it takes. */
public record Deadline(long nanoTime) {

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Milliseconds left, at least 1, so that it can be handed to APIs for which 0 means "no limit". */
    public int remainingMillis() {
        return (int) Math.max(1, (nanoTime - System.nanoTime()) / 1_000_000);
    }

    public boolean passed() {
        return System.nanoTime() - nanoTime >= 0;
    }
}
