package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the server tells its admin console about itself. */
public final class ServerInfo {

    private ServerInfo() {}

    /** The settings that the console shows for a type of identity provider. */
    public static List<JsonNode> identityProviderSettings(String providerId) {
        KeycloakServer keycloak = Suite.keycloak();
        AdminCredentials admin = keycloak.adminCredentials();
        Answer login = new TokenEndpoint(keycloak.url(), "master")
                .password(admin.username(), admin.password())
                .as("admin-cli")
                .send();
        JsonNode info = Json.lenient(Http.send(HttpRequest.newBuilder(URI.create(keycloak.url() + "/admin/serverinfo"))
                        .timeout(Http.TIMEOUT)
                        .header("Authorization", "Bearer " + login.accessToken())
                        .build())
                .body());
        return StreamSupport.stream(info.path("componentTypes").spliterator(), false)
                .flatMap(types -> StreamSupport.stream(types.spliterator(), false))
                .filter(type -> providerId.equals(type.path("id").asText()))
                .flatMap(type -> StreamSupport.stream(type.path("properties").spliterator(), false))
                .toList();
    }
}
