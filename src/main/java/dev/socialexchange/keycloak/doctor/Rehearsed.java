package dev.socialexchange.keycloak.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an exchange would be answered, and why.
 *
 * @param alias, type of the provider
 */
record Rehearsed(String alias, String type, Verdict verdict, List<Step> steps) {

    /**
     * @param status, error, reason, description as a front end would get them
     * @param detail that the event would have beside the reason
     * @param claims of the tokens that would be issued, by their kind; those that tell who somebody is only for whoever may see
     *     users
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Verdict(
            Outcome outcome,
            Integer status,
            String error,
            @JsonProperty("error_reason") String reason,
            @JsonProperty("error_description") String description,
            String detail,
            @JsonProperty("user_created") Boolean userCreated,
            Map<String, JsonNode> claims) {}

    /** What became of it. */
    enum Outcome {
        TOKENS,
        REFUSED,
        /** Nobody can tell without its having an effect. */
        NOT_TRIED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
