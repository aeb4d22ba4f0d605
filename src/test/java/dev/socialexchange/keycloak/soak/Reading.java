package dev.socialexchange.keycloak.soak;

import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.Postgres;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.Scrape;
import java.net.URI;
import java.util.Map;

/**
 * What a node holds at one moment.
 *
 * @param heap after a full collection
 * @param connections of the pool, in use or not
 * @param inUse those that somebody has
 * @param singleUse objects in the store of what is good once
 * @param rows by table
 */
record Reading(Heap heap, int threads, int connections, int inUse, long singleUse, Map<String, Long> rows) {
    private static final int LOOKS = 5;

    static Reading of(KeycloakServer server, String realm, Postgres postgres) {
        Heap heap = Heap.of(server.pid());
        Scrape scrape = scrape(server);
        int inUse = inUse(scrape);
        return new Reading(
                heap,
                (int) scrape.sum("jvm_threads_live_threads"),
                inUse + (int) scrape.sum("agroal_available_count"),
                inUse,
                singleUse(server, realm),
                postgres.rows());
    }

    /** The server itself needs a connection for a moment each minute; one that was never given back is in use in all looks. */
    private static Scrape scrape(KeycloakServer server) {
        Scrape scrape = Scrape.of(server);
        for (int looks = 1; inUse(scrape) > 0 && looks < LOOKS; looks++) {
            SoakRun.pause(1);
            scrape = Scrape.of(server);
        }
        return scrape;
    }

    private static int inUse(Scrape scrape) {
        return (int) scrape.sum("agroal_active_count");
    }

    /** As the tests' own jar in the server counts them. */
    private static long singleUse(KeycloakServer server, String realm) {
        return RawRequest.to(URI.create("%s/realms/%s/stocktaking".formatted(server.url(), realm)))
                .method("GET")
                .send()
                .json()
                .path("single-use objects")
                .asLong(-1);
    }
}
