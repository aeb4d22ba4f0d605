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

    static Reading of(KeycloakServer server, String realm, Postgres postgres) {
        Heap heap = Heap.of(server.pid());
        Scrape scrape = Scrape.of(server);
        int inUse = (int) scrape.sum("agroal_active_count");
        return new Reading(
                heap,
                (int) scrape.sum("jvm_threads_live_threads"),
                inUse + (int) scrape.sum("agroal_available_count"),
                inUse,
                singleUse(server, realm),
                postgres.rows());
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
