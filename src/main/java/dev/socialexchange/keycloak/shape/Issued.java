package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Tokens of the realm.
 *
 * @param answer the token endpoint's
 * @param now seconds since the epoch
 */
public record Issued(JsonNode answer, long now) {

    String text(String name) {
        return answer.path(name).asText();
    }

    /** Copies those that there are. */
    ObjectNode copy(ObjectNode to, String... names) {
        for (String name : names) {
            if (answer.hasNonNull(name)) {
                to.set(name, answer.get(name));
            }
        }
        return to;
    }

    long expiresAt() {
        return now + answer.path("expires_in").asLong();
    }

    /**
     * What the client may know of the person: the claims of the id token, or nothing, where it is encrypted. It has just been issued and is
     * ours.
     */
    JsonNode claims() {
        String[] parts = text("id_token").split("\\.");
        Optional<JsonNode> claims = parts.length == 3 ? read(parts[1]) : Optional.empty();
        return claims.filter(JsonNode::isObject).orElseGet(AppAnswer::object);
    }

    private static Optional<JsonNode> read(String part) {
        try {
            return StrictJson.read(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** A record would print them. */
    @Override
    public String toString() {
        return "tokens";
    }
}
