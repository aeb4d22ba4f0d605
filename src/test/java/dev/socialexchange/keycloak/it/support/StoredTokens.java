package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.net.http.HttpRequest;

/** Keycloak's endpoint for the provider's token, which it keeps where the realm asks for it. */
public final class StoredTokens {

    private StoredTokens() {}

    public static Answer of(String alias, String accessToken) {
        return of(KeycloakServer.REALM, alias, accessToken);
    }

    static Answer of(String realm, String alias, String accessToken) {
        long start = System.nanoTime();
        URI uri = URI.create(
                "%s/realms/%s/broker/%s/token".formatted(Suite.keycloak().url(), realm, alias));
        return Answer.of(
                Http.send(HttpRequest.newBuilder(uri)
                        .timeout(Http.TIMEOUT)
                        .header("Authorization", "Bearer " + accessToken)
                        .header("Accept", "application/json")
                        .build()),
                start);
    }
}
