package dev.socialexchange.keycloak.net;

import java.time.Duration;

/** How a host has answered lately: whether it is worth waiting for a place there, and how long. In nanoseconds. */
final class Pace {
    /** What waiting for a place is meant to take, and what it takes at most while nothing is heard of the host. */
    static final Duration PATIENCE = Duration.ofMillis(200);
    /** With a host that is known to answer, though slowly. */
    static final Duration LONGEST_PATIENCE = Duration.ofMillis(500);
    /** Up to here nobody has to leave places to others: they wait a moment only. */
    static final Duration BRISK = Duration.ofMillis(250);

    private static final int SILENCES_THAT_COUNT = 3;
    private static final int SMOOTHING = 8;

    private boolean known;
    private long usual;
    private int unanswered;
    private long heardOf;

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
    boolean moves(long now) {
        return unanswered < SILENCES_THAT_COUNT && now - quietUntil() < 0;
    }

    /** Until when a host that says nothing is waited for. */
    long quietUntil() {
        long patience = known ? usual + usual / 2 : 0;
        return heardOf + Math.max(PATIENCE.toNanos(), Math.min(patience, LONGEST_PATIENCE.toNanos()));
    }

    /** How many can wait for one of so many places, so that each gets it within the patience by what is usual. */
    int room(int places) {
        return known ? (int) Math.min(places, places * PATIENCE.toNanos() / Math.max(1, usual)) : places;
    }
}
