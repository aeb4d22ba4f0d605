package dev.socialexchange.keycloak.net;

import java.time.Duration;

/** How a host has answered lately: whether it is worth waiting for a place there, and how long. In nanoseconds. */
final class Pace {
    /** Up to here an answer is fast: nobody has to leave places to others, who wait for a moment only. */
    static final Duration BRISK = Duration.ofMillis(500);

    private static final int SILENCES_THAT_COUNT = 3;
    private static final int SMOOTHING = 8;

    private final ShareLimits limits;
    private boolean known;
    private long usual;
    private int unanswered;
    private long heardOf;

    Pace(ShareLimits limits) {
        this.limits = limits;
    }

    /** A place was taken: until it could have been answered, its silence says nothing. */
    void taken(long now) {
        heardOf = now;
    }

    void answered(long taken, long now) {
        long took = now - taken;
        usual = known ? usual + (took - usual) / SMOOTHING : took;
        known = true;
        unanswered = 0;
        heardOf = now;
    }

    void unanswered() {
        unanswered++;
    }

    boolean brisk() {
        return !known || usual <= BRISK.toNanos();
    }

    /** Whether the host is thought to answer. */
    boolean moves(boolean inFront, long now) {
        return unanswered < SILENCES_THAT_COUNT && now - quietUntil(inFront) < 0;
    }

    /** Until when a host that says nothing is waited for. */
    long quietUntil(boolean inFront) {
        long patience = (inFront ? limits.patienceInFront() : limits.patience()).toNanos();
        long slow = known ? Math.min(usual + usual / 2, BRISK.toNanos()) : 0;
        return heardOf + Math.max(patience, slow);
    }

    /** How many can wait, so that each gets a place in time by what is usual. */
    int room() {
        int places = limits.holders();
        return known ? (int) Math.min(places, places * limits.horizon().toNanos() / Math.max(1, usual)) : places;
    }
}
