package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A claim, or a value that it has: {@code job_id}, {@code token_use=id}, {@code /firebase/sign_in_provider=anonymous}.
 *
 * @param place by the claim's name, or as a JSON pointer (RFC 6901)
 * @param value as text, of a list one of them; empty for any
 */
public record ClaimCondition(JsonPointer place, Optional<String> value) {
    private static final int MAX_LENGTH = 512;

    /** @throws IllegalArgumentException saying what is wrong with it */
    public static ClaimCondition of(String text) {
        int equals = text.indexOf('=');
        String claim = (equals < 0 ? text : text.substring(0, equals)).strip();
        Optional<String> value = equals < 0
                ? Optional.empty()
                : Optional.of(text.substring(equals + 1).strip());
        if (claim.isEmpty() || value.filter(String::isEmpty).isPresent() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither a claim nor claim=value, of at most " + MAX_LENGTH + " characters");
        }
        return new ClaimCondition(place(claim), value);
    }

    /** A claim's name as a place, unless it is written as one (RFC 6901). */
    public static JsonPointer place(String claim) {
        return claim.startsWith("/")
                ? JsonPointer.compile(claim)
                : JsonPointer.empty().appendProperty(claim);
    }

    /** Whether the claim is there, and not false, and has the value. */
    boolean holdsIn(JsonNode claims) {
        return nodes(claims).filter(JsonNode::isValueNode).anyMatch(node -> value.map(node.asText()::equals)
                .orElseGet(() -> !isNothing(node)));
    }

    /** Whether the claim is there at all, and may have the value: one that cannot be compared may. */
    boolean mayHoldIn(JsonNode claims) {
        return nodes(claims)
                .anyMatch(node -> value.isEmpty()
                        || node.isContainerNode()
                        || value.get().equalsIgnoreCase(node.asText().strip()));
    }

    private static boolean isNothing(JsonNode node) {
        return node.asText().isBlank() || node.isBoolean() && !node.booleanValue();
    }

    private Stream<JsonNode> nodes(JsonNode claims) {
        JsonNode node = claims.at(place);
        Stream<JsonNode> nodes = node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
        return nodes.filter(found -> !found.isMissingNode() && !found.isNull());
    }
}
