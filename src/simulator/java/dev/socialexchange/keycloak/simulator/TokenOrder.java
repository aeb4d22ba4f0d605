package dev.socialexchange.keycloak.simulator;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The request body of {@code POST /_control/tokens}; only the provider is required. */
record TokenOrder(
        String provider,
        String kind,
        String client_id,
        Object person,
        Set<String> scopes,
        String redirect_uri,
        String code_challenge,
        String nonce,
        Map<String, Object> claims,
        Map<String, Object> header) {

    String kindOrDefault() {
        return kind == null ? "access_token" : kind;
    }

    String mint(Provider from, String client, Person someone) {
        return switch (kindOrDefault()) {
            case "access_token" -> from.accessToken(client, someone, scopes == null ? from.defaultScopes() : scopes);
            case "refresh_token" -> from.refreshToken(client, someone);
            case "code" -> from.code(client, someone, redirect_uri, code_challenge, nonce);
            case "id_token" -> openId(from).idToken(client, someone, changes(claims), changes(header));
            default -> throw new IllegalArgumentException("kind must be access_token, refresh_token, id_token or code");
        };
    }

    private static OpenIdProvider openId(Provider provider) {
        if (provider instanceof OpenIdProvider openId) {
            return openId;
        }
        throw new IllegalArgumentException("This provider has no id_token");
    }

    /** Null removes a claim. */
    private static Consumer<Map<String, Object>> changes(Map<String, Object> changes) {
        return part -> {
            if (changes != null) {
                part.putAll(changes);
                part.values().removeIf(value -> value == null);
            }
        };
    }
}
