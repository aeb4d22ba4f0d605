package dev.socialexchange.keycloak.poll;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.net.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a transmitter had for us (RFC 8936 §2.3).
 *
 * @param sets security event tokens by their {@code jti}
 * @param more whether it has more
 */
record PolledBatch(Map<String, String> sets, boolean more) {
    private static final int OK = 200;

    /** @return empty if the answer is none of a transmitter */
    static Optional<PolledBatch> of(Outcome outcome) {
        return outcome instanceof Outcome.Answer answer && answer.status() == OK
                ? answer.json().filter(JsonNode::isObject).flatMap(PolledBatch::read)
                : Optional.empty();
    }

    private static Optional<PolledBatch> read(JsonNode answer) {
        JsonNode sets = answer.path("sets");
        if (!sets.isObject() && !sets.isMissingNode()) {
            return Optional.empty();
        }
        Map<String, String> tokens = new LinkedHashMap<>();
        sets.properties().forEach(set -> tokens.put(set.getKey(), set.getValue().asText()));
        return Optional.of(new PolledBatch(tokens, answer.path("moreAvailable").asBoolean(false)));
    }
}
