package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;

/** Takes back what an import has made, some hundreds at a time: the server decides who has not come since. */
record Undoing(RealmApi realm, String query, PrintStream progress) {

    /** @return the exit code */
    int run() throws IOException, InterruptedException {
        long removed = 0;
        long kept = 0;
        String after = "";
        do {
            JsonNode answer = realm.undo(query + (after.isEmpty() ? "" : "&after=" + RealmClient.encoded(after)));
            removed += answer.path("removed").asLong();
            kept += answer.path("kept").asLong();
            after = answer.path("next").asText("");
        } while (!after.isEmpty());
        progress.printf("removed: %d%nkept: %d%n", removed, kept);
        return 0;
    }
}
