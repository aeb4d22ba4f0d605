package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
        return TokenClaims.of(text("id_token")).orElseGet(AppAnswer::object);
    }

    /** A record would print them. */
    @Override
    public String toString() {
        return "tokens";
    }
}
