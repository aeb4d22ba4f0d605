package dev.socialexchange.keycloak.poll;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one run tries, each signal once. What has failed before comes after all that has not, and counts by itself: however many of those there are, they stop
 * nobody else's.
 */
final class Tries {
    /** What does not work here: that many are tried in vain before the rest has to wait for the next time. */
    private static final int MOST_IN_VAIN = 64;

    private final KeptSignals kept;
    private final Set<String> inVain = new HashSet<>();
    private int freshInVain;
    private int againInVain;

    Tries(KeptSignals kept) {
        this.kept = kept;
    }

    /** How many the transmitter gives out again, that are no use now. */
    int room() {
        return kept.count()
                + (int) inVain.stream().filter(id -> !kept.knows(id)).count();
    }

    /** Those of them that are to be tried, in their order. */
    List<String> of(Set<String> ids) {
        List<String> fresh = new ArrayList<>();
        List<String> again = new ArrayList<>();
        for (String id : ids) {
            if (!inVain.contains(id) && !kept.isResting(id) && isAllowed(id)) {
                (kept.knows(id) ? again : fresh).add(id);
            }
        }
        fresh.addAll(again);
        return fresh;
    }

    /** Whether it may still be tried in this run, with what has failed meanwhile. */
    boolean isAllowed(String id) {
        return kept.knows(id) ? againInVain < MOST_IN_VAIN : freshInVain < MOST_IN_VAIN;
    }

    /** A database that is down, say: what comes next would fail as well. */
    boolean areOver() {
        return freshInVain >= MOST_IN_VAIN;
    }

    void failed(String id) {
        if (kept.knows(id)) {
            againInVain++;
        } else {
            freshInVain++;
        }
        inVain.add(id);
        kept.failed(id);
    }

    /** Somebody else is at it: it comes again, and has not failed. */
    void contended(String id) {
        inVain.add(id);
    }

    void settled(String id) {
        kept.settled(id);
    }
}
