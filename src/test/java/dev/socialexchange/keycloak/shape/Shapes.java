package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Requests and answers as text. */
final class Shapes {
    private static final String CLAIMS =
            """
            {"sub": "7d0c", "preferred_username": "mira", "email": "mira.kern@example.org", "email_verified": true,
             "given_name": "Mira", "family_name": "Kern", "name": "Mira Kern", "iat": 1700000007, "auth_time": 1700000000}""";

    private static final String NOTHING = "{}";
    static final long NOW = 1_700_000_000;

    private Shapes() {}

    static Shape named(String name) {
        return Shape.all().stream()
                .filter(shape -> shape.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** @param line such as {@code POST token?grant_type=id_token} */
    static AppRequest request(String line, String body) {
        String[] words = line.split(" ", 2);
        String[] address = words[1].split("\\?", 2);
        Map<String, String> query = new LinkedHashMap<>();
        if (address.length == 2) {
            String[] pair = address[1].split("=", 2);
            query.put(pair[0], pair[1]);
        }
        return new AppRequest(words[0], address[0], query, json(body == null ? NOTHING : body), Optional.empty());
    }

    static JsonNode json(String text) {
        return StrictJson.read(text).orElseThrow();
    }

    static JsonNode claims() {
        return json(CLAIMS);
    }

    static Issued issued() {
        String claims = Base64.getUrlEncoder().withoutPadding().encodeToString(CLAIMS.getBytes(StandardCharsets.UTF_8));
        return new Issued(
                json(
                        """
                        {"access_token": "access", "expires_in": 300, "refresh_expires_in": 1800, "refresh_token": "refresh",
                         "token_type": "Bearer", "id_token": "e30.%s.c2ln", "session_state": "s", "scope": "openid email",
                         "issued_token_type": "urn:ietf:params:oauth:token-type:access_token", "user_created": true}"""
                                .formatted(claims)),
                NOW);
    }

    static Refused refused(ExchangeError error) {
        return new Refused(error.status(), error.error(), error.description(), error.reason());
    }

    /** As Keycloak itself says that there is no such client. */
    static Refused refusedByKeycloak() {
        return Refused.of(401, json("{\"error\": \"invalid_client\", \"error_description\": \"Invalid client\"}"));
    }
}
