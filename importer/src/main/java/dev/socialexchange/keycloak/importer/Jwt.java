package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a token that was kept says. */
final class Jwt {

    private Jwt() {}

    static Optional<JsonNode> claims(String token) {
        String[] parts = token.split("\\.");
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Json.lenient(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                    .filter(JsonNode::isObject);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
