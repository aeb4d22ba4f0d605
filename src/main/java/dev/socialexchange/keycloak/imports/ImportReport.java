package dev.socialexchange.keycloak.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of the lines of one request, by numbers and codes: no name and no address is in it. */
final class ImportReport {

    /** What became of one person. */
    enum Outcome {
        /** A user was made. */
        CREATED,
        /** An account was added to the user that an earlier run has made. */
        UPDATED,
        /** All of it was there. */
        UNCHANGED,
        /** Nobody was made; the line's findings say why. */
        REFUSED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something about a line that somebody should know.
     *
     * @param line from 1 on
     * @param alias of the provider that it concerns, or what else it concerns; {@code null} for the person as a whole
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Finding(int line, @JsonProperty("source_id") String sourceId, String code, String alias) {}

    private final boolean dryRun;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    ImportReport(boolean dryRun) {
        this.dryRun = dryRun;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome.code(), 0);
        }
    }

    void tell(Outcome outcome) {
        outcomes.merge(outcome.code(), 1, Integer::sum);
    }

    void find(Finding finding) {
        findings.add(finding);
    }

    @JsonProperty("dry_run")
    public boolean dryRun() {
        return dryRun;
    }

    @JsonProperty("outcomes")
    public Map<String, Integer> outcomes() {
        return outcomes;
    }

    @JsonProperty("findings")
    public List<Finding> findings() {
        return findings;
    }
}
