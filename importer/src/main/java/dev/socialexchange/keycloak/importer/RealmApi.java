package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;

/**
 * The realm's imports.
 *
 * @param client whose service account may import
 */
record RealmApi(RealmClient client) {

    /**
     * What the realm says to some lines: bringing somebody twice is bringing them once.
     *
     * @param lines one a person
     * @param query of the import
     * @throws IOException if it refuses, or does not answer
     */
    JsonNode bring(String lines, String query) throws IOException, InterruptedException {
        return client.call("imports?" + query, request -> RealmClient.post(request, lines));
    }

    /** How many requests the realm may have done without an answer. */
    int unanswered() {
        return client.unanswered();
    }

    /** What the realm says when some of whom an import has made are to go. */
    JsonNode undo(String query) throws IOException, InterruptedException {
        return client.call("imports?" + query, HttpRequest.Builder::DELETE);
    }
}
