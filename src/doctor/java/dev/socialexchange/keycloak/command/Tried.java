package dev.socialexchange.keycloak.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What an exchange would be answered. */
record Tried(String alias, String type, Verdict verdict, List<Step> steps) {
    Tried {
        steps = steps == null ? List.of() : List.copyOf(steps);
    }

    /** @param claims of the tokens that would be issued, by their kind */
    record Verdict(
            String outcome,
            Integer status,
            String error,
            @JsonProperty("error_reason") String reason,
            @JsonProperty("error_description") String description,
            String detail,
            @JsonProperty("user_created") Boolean userCreated,
            Map<String, JsonNode> claims) {
        boolean tokens() {
            return "tokens".equals(outcome);
        }
    }

    Exit exit() {
        return verdict.tokens() ? Exit.ALL_WELL : Exit.FINDINGS;
    }

    /** Whether it is known whose account at the provider the token is: what comes after that is the realm's own. */
    boolean proven() {
        return verdict.tokens() || steps.stream().anyMatch(step -> step.name().equals("identity") && step.ok());
    }
}
