package dev.socialexchange.keycloak.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether what a node holds has stayed as it was, but for what belongs to the people who have come. */
final class Verdict {
    private static final double HEAP_SHARE = 0.05;
    private static final long HEAP_BYTES = 16L << 20;

    /** What the store of single use keeps of one object: its key, its notes, and what the store itself needs. */
    private static final long BYTES_PER_SINGLE_USE = 1 << 10;

    /** What Keycloak's caches keep of a user, with links and attributes. */
    private static final long BYTES_PER_USER = 8 << 10;

    /** Of caches that fill; a request that left one object of ours would leave thousands. */
    private static final long OBJECTS = 500;

    private static final int THREADS = 20;
    private static final int CONNECTIONS = 8;
    private static final int SINGLE_USE = 20;

    /** Rows that a new user has, at most, in a table of users. */
    private static final int ROWS_PER_USER = 10;

    private static final String USERS = "user_entity";
    private static final String LINKS = "federated_identity";
    private static final Set<String> OF_USERS = Set.of(
            USERS, LINKS, "user_attribute", "user_role_mapping", "user_required_action", "user_group_membership");

    private Verdict() {}

    /**
     * What has grown.
     *
     * @param made users who have come between the two
     * @param remembered how many things that are good once are to be known at the time of the second one
     */
    static List<String> growth(Reading first, Reading last, int made, int remembered) {
        List<String> grown = new ArrayList<>();
        long allowed = (long) (first.heap().bytes() * HEAP_SHARE)
                + HEAP_BYTES
                + made * BYTES_PER_USER
                + Math.max(0, last.singleUse() - first.singleUse()) * BYTES_PER_SINGLE_USE;
        more(grown, "heap, bytes", first.heap().bytes(), last.heap().bytes(), allowed);
        more(grown, "objects of ours", first.heap().ours(), last.heap().ours(), OBJECTS);
        more(grown, "threads", first.threads(), last.threads(), THREADS);
        more(grown, "connections", first.connections(), last.connections(), CONNECTIONS);
        more(grown, "connections in use, though nobody asks", 0, last.inUse(), 0);
        more(grown, "single-use objects", remembered, last.singleUse(), SINGLE_USE);
        rows(grown, first.rows(), last.rows(), made);
        return grown;
    }

    private static void rows(List<String> grown, Map<String, Long> first, Map<String, Long> last, int made) {
        last.forEach((table, rows) -> {
            long before = first.getOrDefault(table, 0L);
            if (table.equals(USERS) || table.equals(LINKS)) {
                if (rows - before != made) {
                    grown.add("%s: %d rows more, of %d people".formatted(table, rows - before, made));
                }
            } else {
                more(grown, table, before, rows, OF_USERS.contains(table) ? (long) made * ROWS_PER_USER : 0);
            }
        });
    }

    private static void more(List<String> grown, String what, long before, long after, long allowed) {
        if (after - before > allowed) {
            grown.add("%s: %d, then %d".formatted(what, before, after));
        }
    }
}
