package dev.socialexchange.keycloak.poll;

import dev.socialexchange.keycloak.Digests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The signals of one transmitter that have failed here and that it keeps therefore, as this node has seen them. Each is tried for as long as it takes, but ever more
 * seldom; once one of them works, what was wrong may be mended, and all are tried again. Nothing is lost with this memory: what it does not know is new.
 */
final class KeptSignals {
    /** As many as an answer has room for beside those that are new. */
    static final int MOST = 256;

    private static final int MOST_DOUBLINGS = 4;

    /** What is due is tried as soon as it comes: what does not come for so long the transmitter has given up, or another node has done. */
    private static final Duration GONE_AFTER = Duration.ofHours(1);

    private final InstantSource clock;
    private final Duration interval;
    private final Map<String, Kept> kept = new HashMap<>();

    /** @param due when it is to be tried again */
    private record Kept(int failures, Instant due) {}

    /** @param interval between two runs */
    KeptSignals(InstantSource clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
    }

    int count() {
        Instant now = clock.instant();
        kept.values().removeIf(one -> now.isAfter(one.due().plus(GONE_AFTER)));
        return kept.size();
    }

    boolean knows(String id) {
        return kept.containsKey(key(id));
    }

    /** Whether it has failed, and it is too early to try it again. */
    boolean isResting(String id) {
        Kept one = kept.get(key(id));
        return one != null && clock.instant().isBefore(one.due());
    }

    /** Not remembered if it is new, and there are too many: it stays new then. */
    void failed(String id) {
        Kept before = kept.get(key(id));
        if (before == null && kept.size() >= MOST) {
            return;
        }
        int failures = before == null ? 1 : before.failures() + 1;
        // runs come at about their times: half an interval less, or one would be missed now and then
        Duration pause = interval.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS))
                .minus(interval.dividedBy(2));
        kept.put(key(id), new Kept(failures, clock.instant().plus(pause)));
    }

    /** The transmitter need not keep it any more. */
    void settled(String id) {
        if (kept.remove(key(id)) != null) {
            kept.replaceAll((other, one) -> new Kept(one.failures(), clock.instant()));
        }
    }

    /** Of one length, whatever a transmitter takes for a name. */
    private static String key(String id) {
        return Digests.sha256Base64Url(id);
    }
}
