package dev.socialexchange.keycloak.poll;

import dev.socialexchange.keycloak.Once;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often a transmitter is asked, by all nodes together: once in an interval, and ever more seldom while it does not answer well.
 *
 * @param failures in a row, by the provider's id, as this node has seen them
 */
record PollPace(long interval, Map<String, Integer> failures) {
    private static final String KEY = "social-exchange:poll:";
    private static final String REST = ":rest";
    private static final int MOST_DOUBLINGS = 5;

    /** @param interval in seconds */
    static PollPace every(long interval) {
        return new PollPace(interval, new ConcurrentHashMap<>());
    }

    Duration time() {
        return Duration.ofSeconds(interval);
    }

    /** Whether it is this node's turn now; nobody else's then, for an interval. */
    boolean isDue(Once once, String provider) {
        // nodes tick at their own times: a little less than an interval, or a turn would be missed now and then
        long turn = Math.max(1, interval - 1);
        return !once.contains(KEY + provider + REST)
                && once.claim(KEY + provider, turn, turn).isPresent();
    }

    /** @return how often it has failed in a row */
    int failed(Once once, String provider) {
        int inARow = failures.merge(provider, 1, Integer::sum);
        long rest = interval << Math.min(inARow, MOST_DOUBLINGS);
        once.claim(KEY + provider + REST, rest, rest);
        return inARow;
    }

    void succeeded(String provider) {
        failures.remove(provider);
    }
}
