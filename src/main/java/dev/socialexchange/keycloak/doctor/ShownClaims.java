package dev.socialexchange.keycloak.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;

/** The claims of a token that would have been issued. */
record ShownClaims(boolean showsPeople) {
    static final String HIDDEN = "(hidden)";

    /** What tells of the realm, the client and the login, and of nobody: everything else might. */
    private static final Set<String> OF_NOBODY = Set.of(
            "iss",
            "aud",
            "azp",
            "typ",
            "exp",
            "iat",
            "auth_time",
            "acr",
            "scope",
            "allowed-origins",
            "realm_access",
            "resource_access",
            "email_verified",
            "cnf");

    /** Ids of what will never be. */
    private static final Set<String> INVENTED = Set.of("jti", "sid", "at_hash");

    JsonNode of(JsonNode claims) {
        ObjectNode shown = claims.deepCopy();
        shown.remove(INVENTED);
        if (!showsPeople) {
            claims.fieldNames().forEachRemaining(name -> {
                if (!OF_NOBODY.contains(name) && shown.has(name)) {
                    shown.set(name, TextNode.valueOf(HIDDEN));
                }
            });
        }
        return shown;
    }
}
