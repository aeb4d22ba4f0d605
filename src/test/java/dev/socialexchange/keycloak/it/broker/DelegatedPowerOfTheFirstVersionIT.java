package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Permissions of the first version of Keycloak's fine-grained admin permissions, on a server where that is switched on. */
@OlderKeycloakOnDemand
class DelegatedPowerOfTheFirstVersionIT {
    private static KeycloakServer server;
    private static OwnRealm realm;
    private static String alias;

    @BeforeAll
    static void startServer() {
        server = KeycloakServer.start(ServerOptions.run("it-first-permissions")
                .withoutRealm()
                .shortLived()
                .buildOption("--features=admin-fine-grained-authz:v1")
                .progress(System.out::println));
        realm = OwnRealm.create(server, Suite.providers().url(), settings -> {});
        alias = realm.providerWithFirstFlow("acme", "social exchange first login");
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void addressDoesNotOpenTheAccountOfSomebodyWhomAPermissionNames() {
        realm.admin().put("/users-management-permissions", Map.of("enabled", true));
        Person named = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), named.email(), user -> {});
        attach("view.permission.users", policy("user", Map.of("users", List.of(owner))));
        Person other = Suite.newPerson();
        String otherOwner = realm.user(Suite.unique("owner"), other.email(), user -> {});

        realm.assertAsksForInteraction(alias, named, "account_exists");

        assertThat(realm.admin().federatedIdentities(owner)).isEmpty();
        assertThat(realm.login(alias, other).claims().path("sub").asText()).isEqualTo(otherOwner);
    }

    @Test
    void permissionForKeycloaksOwnTokenExchangeIsNoPower() {
        String path = "/identity-provider/instances/" + alias + "/management/permissions";
        realm.admin().put(path, Map.of("enabled", true));
        String client = realm.admin().clientUuid(Suite.SPA);
        attach("token-exchange.permission.idp.", policy("client", Map.of("clients", List.of(client))));
        Person person = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), person.email(), user -> {});

        assertThat(realm.login(alias, person).claims().path("sub").asText()).isEqualTo(owner);
    }

    private static String management() {
        return "/clients/" + realm.admin().clientUuid("realm-management") + "/authz/resource-server";
    }

    private static String policy(String type, Map<String, Object> settings) {
        Map<String, Object> representation = new HashMap<>(settings);
        String name = Suite.unique("policy");
        representation.put("name", name);
        realm.admin().post(management() + "/policy/" + type, representation);
        return realm.admin()
                .get(management() + "/policy/search?name=" + name)
                .path("id")
                .asText();
    }

    /** To the permission whose name begins like this. */
    private static void attach(String permission, String policy) {
        for (JsonNode found : realm.admin().get(management() + "/permission?name=" + permission)) {
            String path = management() + "/permission/scope/" + found.path("id").asText();
            JsonNode scopes = realm.admin()
                    .get(management() + "/policy/" + found.path("id").asText() + "/scopes");
            JsonNode resources = realm.admin()
                    .get(management() + "/policy/" + found.path("id").asText() + "/resources");
            realm.admin()
                    .put(
                            path,
                            Map.of(
                                    "id",
                                    found.path("id").asText(),
                                    "name",
                                    found.path("name").asText(),
                                    "type",
                                    "scope",
                                    "logic",
                                    "POSITIVE",
                                    "decisionStrategy",
                                    "UNANIMOUS",
                                    "resources",
                                    resources.findValuesAsText("_id"),
                                    "scopes",
                                    scopes.findValuesAsText("id"),
                                    "policies",
                                    List.of(policy)));
            return;
        }
        throw new AssertionError("no permission " + permission);
    }
}
