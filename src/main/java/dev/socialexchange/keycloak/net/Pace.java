package dev.socialexchange.keycloak.net;

import java.time.Duration;

/** How a host has answered lately: whether it is worth waiting for a place there, and how long. In nanoseconds. */
final class Pace {
    /** How long a host is waited for that says nothing. */
    static final Duration PATIENCE = Duration.ofMillis(200);
    /**
     * How long, if it is known to answer, though slowly; and what waiting for a place there is meant to take at most. At a host
     * that answers faster nobody has to leave places to others.
     */
    static final Duration LONGEST_PATIENCE = Duration.ofMillis(500);

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
        return !known || usual <= LONGEST_PATIENCE.toNanos();
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
        return known ? (int) Math.min(places, places * LONGEST_PATIENCE.toNanos() / Math.max(1, usual)) : places;
    }
}
