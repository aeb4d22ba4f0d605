package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.net.http.HttpRequest;

/** Keycloak's own endpoint for the token of an identity provider that it keeps: its Identity Brokering API. */
public final class ProviderToken {

    private ProviderToken() {}

    /**
     * Version 2: a client asks for somebody who has signed in for it.
     *
     * @param secret {@code null} for a public client
     */
    public static Answer retrieve(OwnRealm realm, String alias, String accessToken, String clientId, String secret) {
        RawRequest request =
                RawRequest.to(uri(realm, alias)).form("client_id", clientId).form("token", accessToken);
        return (secret == null ? request : request.form("client_secret", secret)).send();
    }

    /** Version 1, which goes with Keycloak 27: the person's own token asks. */
    public static Answer read(OwnRealm realm, String alias, String accessToken) {
        long start = System.nanoTime();
        return Answer.of(
                Http.send(HttpRequest.newBuilder(uri(realm, alias))
                        .timeout(Http.TIMEOUT)
                        .header("Authorization", "Bearer " + accessToken)
                        .header("Accept", "application/json")
                        .build()),
                start);
    }

    private static URI uri(OwnRealm realm, String alias) {
        return URI.create(
                "%s/realms/%s/broker/%s/token".formatted(realm.server().url(), realm.name(), Http.encode(alias)));
    }
}
