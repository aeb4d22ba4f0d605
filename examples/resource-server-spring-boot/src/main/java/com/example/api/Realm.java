package com.example.api;

import java.net.URI;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose tokens are taken.
 *
 * @param issuer as it stands in {@code iss}: {@code https://keycloak.example/realms/social}
 * @param audience this API's name in {@code aud}
 * @param clients the clients whose tokens are taken; none are all that the realm gives the audience to
 */
@ConfigurationProperties("realm")
record Realm(URI issuer, String audience, Set<String> clients) {

    Realm {
        if (issuer == null || audience == null || audience.isBlank()) {
            throw new IllegalArgumentException("realm.issuer and realm.audience are needed");
        }
        clients = clients == null ? Set.of() : Set.copyOf(clients);
    }

    String keys() {
        return issuer + "/protocol/openid-connect/certs";
    }
}
