package dev.socialexchange.keycloak.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;

/**
 * One thing that the server has looked at.
 *
 * @param name stable
 * @param title, advice in the language that was asked for
 */
record Step(
        String name,
        String title,
        String verdict,
        String expected,
        String found,
        Setting setting,
        String advice,
        @JsonProperty("took_ms") long tookMillis,
        List<Call> calls) {
    /** What nobody has to do anything about. A verdict that this program does not know is not among them. */
    private static final Set<String> FINE = Set.of("ok", "skipped", "unknown");

    Step {
        calls = calls == null ? List.of() : List.copyOf(calls);
    }

    static Exit exit(String verdict) {
        return FINE.contains(verdict) ? Exit.ALL_WELL : Exit.FINDINGS;
    }

    boolean ok() {
        return "ok".equals(verdict);
    }

    /** Nothing in it needs a reader: all is well, or it is a note. */
    boolean quiet() {
        return ok() || "skipped".equals(verdict);
    }

    record Setting(String key, String label) {}

    /** @param outcome the class of the status, such as {@code 2xx}, or why there was no answer */
    record Call(String host, String outcome, @JsonProperty("took_ms") long tookMillis) {
        boolean answered() {
            return outcome.matches("[1-5]xx");
        }
    }
}
