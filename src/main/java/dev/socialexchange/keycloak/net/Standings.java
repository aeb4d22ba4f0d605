package dev.socialexchange.keycloak.net;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Remembers for a while whose tokens a host has accepted and refused. Successes and refusals have a place of their own each, so
 * that refusals from however many addresses push nobody's success out. Guarded by {@link HostShares}.
 */
final class Standings {
    static final int CAPACITY = 10_000;
    static final int REFUSALS_THAT_FAIL = 3;
    /** Behind one address there may be many people: a few bad tokens do not undo a good one. */
    static final int REFUSALS_THAT_OUTWEIGH_A_SUCCESS = 8;

    static final Duration SUCCESS_COUNTS = Duration.ofMinutes(10);
    static final Duration REFUSAL_COUNTS = Duration.ofMinutes(1);

    private final LongSupplier clock;
    private final Map<Key, Long> successes = bounded();
    private final Map<Key, Refusals> refusals = bounded();

    private record Key(String host, Caller caller) {}

    /** @param inARow since the last success */
    private record Refusals(int inARow, long latest) {}

    /** @param clock nanoseconds, as {@link System#nanoTime()} */
    Standings(LongSupplier clock) {
        this.clock = clock;
    }

    void accepted(String host, Caller caller) {
        Key key = new Key(host, caller);
        refusals.remove(key);
        successes.remove(key); // to the end
        successes.put(key, clock.getAsLong());
    }

    void refused(String host, Caller caller) {
        Key key = new Key(host, caller);
        int before = inARow(key);
        refusals.remove(key);
        refusals.put(key, new Refusals(before + 1, clock.getAsLong()));
    }

    Standing of(String host, Caller caller) {
        if (caller.equals(Caller.EVERYBODY)) {
            return Standing.EVERYBODY;
        }
        Key key = new Key(host, caller);
        Long success = successes.get(key);
        boolean proven = success != null && isWithin(success, SUCCESS_COUNTS);
        int inARow = inARow(key);
        if (inARow >= (proven ? REFUSALS_THAT_OUTWEIGH_A_SUCCESS : REFUSALS_THAT_FAIL)) {
            return Standing.FAILING;
        }
        return proven ? Standing.PROVEN : Standing.UNKNOWN;
    }

    int size() {
        return successes.size() + refusals.size();
    }

    private int inARow(Key key) {
        Refusals earlier = refusals.get(key);
        return earlier != null && isWithin(earlier.latest(), REFUSAL_COUNTS) ? earlier.inARow() : 0;
    }

    private boolean isWithin(long time, Duration duration) {
        return clock.getAsLong() - time < duration.toNanos();
    }

    private static <V> Map<Key, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, V> eldest) {
                return size() > CAPACITY;
            }
        };
    }
}
