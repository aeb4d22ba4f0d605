package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;

/** Takes back what an import has made, some hundreds at a time: the server decides who has not come since. Who could not be removed is written as CSV. */
final class Undoing {
    private static final String FOR_REAL = "dry_run=false";

    private final RealmApi realm;
    private final String query;
    private final PrintStream findings;
    private final PrintStream progress;
    private long removed;
    private long kept;
    private long failed;

    Undoing(RealmApi realm, String query, PrintStream findings, PrintStream progress) {
        this.realm = realm;
        this.query = query;
        this.findings = findings;
        this.progress = progress;
    }

    /**
     * @return whether nobody is left who could not be removed
     * @throws IOException if the realm refuses, or does not answer: who was removed stays so, and is told
     */
    boolean run() throws IOException, InterruptedException {
        findings.println("user_id,code");
        try {
            String after = "";
            do {
                JsonNode answer = realm.undo(query + (after.isEmpty() ? "" : "&after=" + RealmClient.encoded(after)));
                removed += answer.path("removed").asLong();
                kept += answer.path("kept").asLong();
                answer.path("findings").forEach(this::find);
                after = answer.path("next").asText("");
            } while (!after.isEmpty());
        } finally {
            tell();
        }
        return failed == 0;
    }

    private void find(JsonNode finding) {
        failed++;
        findings.println(
                Csv.row(finding.path("user_id").asText(), finding.path("code").asText()));
    }

    private void tell() {
        progress.printf("removed: %d%nkept: %d%n", removed, kept);
        if (failed > 0) {
            progress.printf("of these could not be removed: %d%n", failed);
        }
        if (realm.unanswered() > 0 && query.contains(FOR_REAL)) {
            progress.printf(
                    "requests that got no answer at first: %d (whom they removed then is counted nowhere)%n",
                    realm.unanswered());
        }
    }
}
