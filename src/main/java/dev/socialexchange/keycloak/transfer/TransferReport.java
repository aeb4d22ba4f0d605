package dev.socialexchange.keycloak.transfer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of the lines of one request, by numbers and codes: no id is in it. */
final class TransferReport {

    /** What became of one line. */
    enum Outcome {
        /** The next login of the new team with this {@code transfer_sub} is this person's. */
        ANNOUNCED,
        /** The link has the new id. */
        MOVED,
        /** It was so before. */
        UNCHANGED,
        /** Nothing was done; a finding says why. */
        REFUSED
    }

    /** @param line from 1 on */
    record Finding(int line, String code) {}

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    TransferReport() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(code(outcome), 0);
        }
    }

    void tell(Outcome outcome) {
        outcomes.merge(code(outcome), 1, Integer::sum);
    }

    void refuse(int line, String code) {
        tell(Outcome.REFUSED);
        findings.add(new Finding(line, code));
    }

    private static String code(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
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
