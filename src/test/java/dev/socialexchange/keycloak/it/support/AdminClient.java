package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A client of a realm, whose service account may do as much of the realm's admin API as its roles say. */
public record AdminClient(OwnRealm realm, String clientId) {
    public static final String SECRET = "secret-of-the-administrators-client";

    /** @param roles of the client {@code realm-management} */
    public static AdminClient of(OwnRealm realm, String... roles) {
        String clientId = Suite.unique("doctor");
        realm.admin()
                .createClient(Map.of(
                        "clientId",
                        clientId,
                        "secret",
                        SECRET,
                        "publicClient",
                        false,
                        "standardFlowEnabled",
                        false,
                        "serviceAccountsEnabled",
                        true));
        String account = realm.admin()
                .get("/clients/" + realm.admin().clientUuid(clientId) + "/service-account-user")
                .path("id")
                .asText();
        String management = realm.admin().clientUuid("realm-management");
        List<JsonNode> granted = Arrays.stream(roles)
                .map(role -> realm.admin().get("/clients/" + management + "/roles/" + role))
                .toList();
        realm.admin().post("/users/" + account + "/role-mappings/clients/" + management, granted);
        return new AdminClient(realm, clientId);
    }

    /** @param path behind {@code social-exchange} */
    public Answer get(String path, Map<String, String> headers) {
        RawRequest request = request(path).method("GET");
        headers.forEach(request::header);
        return request.send();
    }

    public Answer get(String path) {
        return get(path, Map.of("Accept", "application/json"));
    }

    public Answer post(String path, Map<String, String> form) {
        RawRequest request = request(path);
        form.forEach(request::form);
        return request.send();
    }

    private RawRequest request(String path) {
        return anonymous(realm, path).header("Authorization", "Bearer " + token());
    }

    public static RawRequest anonymous(OwnRealm realm, String path) {
        return RawRequest.to(URI.create(
                "%s/admin/realms/%s/social-exchange%s".formatted(realm.server().url(), realm.name(), path)));
    }

    public String token() {
        return realm.tokens().clientCredentials().as(clientId, SECRET).send().accessToken();
    }
}
