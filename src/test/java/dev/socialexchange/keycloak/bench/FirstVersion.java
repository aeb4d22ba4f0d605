package dev.socialexchange.keycloak.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.AdminApi;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import java.util.List;
import java.util.Map;

/**
 * Keycloak's own exchange of external tokens, which it calls its first version and deprecates: an access token is proven by one
 * call that says nothing of the app, no flow is run, and no required action asked for.
 */
final class FirstVersion {
    static final String ALIAS = "acme-v1";

    private FirstVersion() {}

    static ServerOptions enabled(ServerOptions options) {
        return options.buildOption("--features=token-exchange:v1,admin-fine-grained-authz:v1");
    }

    /** A copy of a provider, not open for ours, with a permission for the client. */
    static void open(KeycloakServer keycloak, String like, String secret, String clientId) {
        AdminApi admin = keycloak.admin();
        ObjectNode copy = admin.identityProvider(like).deepCopy();
        copy.remove("internalId");
        copy.put("alias", ALIAS);
        ObjectNode config = copy.withObject("/config");
        config.put("clientSecret", secret);
        config.remove("exchangeClients");
        config.put("disableTypeClaimCheck", "true"); // it (26.7) knows the type that Keycloak writes alone
        admin.createIdentityProvider(copy);
        admin.put("/identity-provider/instances/" + ALIAS + "/management/permissions", Map.of("enabled", true));
        permit(admin, clientId);
    }

    private static void permit(AdminApi admin, String clientId) {
        String management = "/clients/" + admin.clientUuid("realm-management") + "/authz/resource-server";
        admin.post(
                management + "/policy/client",
                Map.of("name", "first version", "clients", List.of(admin.clientUuid(clientId))));
        String policy = admin.get(management + "/policy/search?name=first%20version")
                .path("id")
                .asText();
        JsonNode permission = admin.get(management + "/permission?name=token-exchange.permission.idp.")
                .get(0);
        String id = permission.path("id").asText();
        admin.put(
                management + "/permission/scope/" + id,
                Map.of(
                        "id",
                        id,
                        "name",
                        permission.path("name").asText(),
                        "type",
                        "scope",
                        "logic",
                        "POSITIVE",
                        "decisionStrategy",
                        "UNANIMOUS",
                        "resources",
                        admin.get(management + "/policy/" + id + "/resources").findValuesAsText("_id"),
                        "scopes",
                        admin.get(management + "/policy/" + id + "/scopes").findValuesAsText("id"),
                        "policies",
                        List.of(policy)));
    }
}
