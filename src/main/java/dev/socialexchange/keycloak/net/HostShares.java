package dev.socialexchange.keycloak.net;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the exchanges that wait for each host. An exchange counts once for a host, however many calls it makes there.
 * Hosts come from realm configuration and leave the map when nobody waits, so it stays small.
 */
final class HostShares {
    private final int maxPerHost;
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    HostShares(int maxPerHost) {
        this.maxPerHost = maxPerHost;
    }

    /** A place at all of these hosts, or none at any. */
    Optional<Share> acquire(Collection<String> hosts) {
        Set<String> held = new HashSet<>();
        for (String host : Set.copyOf(hosts)) {
            if (!enter(host)) {
                held.forEach(this::leave);
                return Optional.empty();
            }
            held.add(host);
        }
        return Optional.of(() -> held.forEach(this::leave));
    }

    private boolean enter(String host) {
        boolean[] entered = new boolean[1];
        waiting.compute(host, (ignored, count) -> {
            int others = count == null ? 0 : count;
            entered[0] = others < maxPerHost;
            return entered[0] ? Integer.valueOf(others + 1) : count;
        });
        return entered[0];
    }

    private void leave(String host) {
        waiting.computeIfPresent(host, (ignored, count) -> count == 1 ? null : count - 1);
    }

    /** Held while waiting. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }
}
