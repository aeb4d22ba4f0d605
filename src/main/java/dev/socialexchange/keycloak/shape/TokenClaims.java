package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.StrictJson;
import java.util.Base64;
import java.util.Optional;

/** What a token says, whoever has signed it: to read one that has just been issued here, or to turn away one that is not even meant for here. */
public final class TokenClaims {

    private TokenClaims() {}

    /** Empty if it is no signed JWT, such as an encrypted one. */
    public static Optional<JsonNode> of(String token) {
        String[] parts = token.split("\\.");
        return parts.length == 3 ? read(parts[1]).filter(JsonNode::isObject) : Optional.empty();
    }

    private static Optional<JsonNode> read(String part) {
        try {
            return StrictJson.read(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
