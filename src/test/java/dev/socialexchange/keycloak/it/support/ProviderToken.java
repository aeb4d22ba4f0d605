package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.net.http.HttpRequest;

/** Keycloak's own endpoint for the stored token of an identity provider. */
public final class ProviderToken {

    private ProviderToken() {}

    public static Answer read(OwnRealm realm, String alias, String accessToken) {
        URI uri = URI.create(
                "%s/realms/%s/broker/%s/token".formatted(realm.server().url(), realm.name(), Http.encode(alias)));
        long start = System.nanoTime();
        return Answer.of(
                Http.send(HttpRequest.newBuilder(uri)
                        .timeout(Http.TIMEOUT)
                        .header("Authorization", "Bearer " + accessToken)
                        .header("Accept", "application/json")
                        .build()),
                start);
    }
}
