package dev.socialexchange.keycloak.bench;

import dev.socialexchange.keycloak.it.support.Postgres;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Counts the rows that exchanges leave in the database, in whatever table. */
record RowCheck(Postgres postgres, URI server) {
    private static final int ANSWERS = 50;
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /** @param tables new rows by table, of the tables that grew */
    record Growth(Grant grant, Map<String, Long> tables) {

        double rowsPerAnswer() {
            return tables.values().stream().mapToLong(Long::longValue).sum() / (double) ANSWERS;
        }

        boolean tooMuch() {
            return rowsPerAnswer() > grant.maxRows();
        }
    }

    Growth of(Grant grant) throws IOException, InterruptedException {
        grant.requests().prepare();
        settle();
        Map<String, Long> before = postgres.rows();
        try (WireConnection connection = new WireConnection(server)) {
            for (int i = 0; i < ANSWERS; i++) {
                connection.send(grant.requests().next());
            }
        }
        settle();
        Map<String, Long> growth = new TreeMap<>();
        postgres.rows().forEach((table, rows) -> growth.put(table, rows - before.get(table)));
        growth.values().removeIf(rows -> rows == 0);
        return new Growth(grant, growth);
    }

    /** Keycloak writes some things a moment after the answer. */
    private static void settle() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(SETTLED.toMillis());
    }
}
