package dev.socialexchange.keycloak.simulator;

import java.util.List;
import java.util.Map;

/** OpenID Connect Discovery section 3, with the provider's real addresses. */
final class Discovery {

    private Discovery() {}

    /** An endpoint that the provider does not have is null, and left out. */
    static Map<String, Object> document(
            String issuer,
            String authorization,
            String token,
            String userinfo,
            String keys,
            String introspection,
            String... algorithms) {
        Map<String, Object> document = Json.object(
                "issuer",
                issuer,
                "authorization_endpoint",
                authorization,
                "token_endpoint",
                token,
                "userinfo_endpoint",
                userinfo,
                "jwks_uri",
                keys,
                "introspection_endpoint",
                introspection,
                "response_types_supported",
                List.of("code", "token", "id_token", "id_token token"),
                "subject_types_supported",
                List.of("public"),
                "id_token_signing_alg_values_supported",
                List.of(algorithms),
                "scopes_supported",
                List.of("openid", "profile", "email"),
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "client_secret_post"),
                "code_challenge_methods_supported",
                List.of("S256"));
        document.values().removeIf(value -> value == null);
        return document;
    }
}
