package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** An id token's claims in the shape of the profile that Keycloak's browser login reads. */
final class Claims {

    private Claims() {}

    /** @param names the profile's field by claim; other claims are left out */
    static ObjectNode asProfile(JsonNode claims, Map<String, String> names) {
        ObjectNode profile = JsonNodeFactory.instance.objectNode();
        names.forEach((claim, field) -> {
            if (claims.hasNonNull(claim)) {
                profile.set(field, claims.get(claim));
            }
        });
        return profile;
    }
}
