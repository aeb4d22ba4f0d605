package dev.socialexchange.keycloak.it.broker;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Permissions of the first version of Keycloak's fine-grained admin permissions, on a server where that is switched on, and with it what needs them:
 * the first version of its token exchange.
 */
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
                .buildOption("--features=token-exchange:v1,admin-fine-grained-authz:v1")
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

    /** An access token, as that version took it: of another app's, too, since it asks for none. Whose the provider is decides who answers. */
    @Test
    void anExchangeWithoutATypeIsOursWhereOurProviderIsOpenAndTheFirstVersionsOtherwise() {
        String theirs = theirs();
        String path = "/identity-provider/instances/" + theirs + "/management/permissions";
        realm.admin().put(path, Map.of("enabled", true));
        String internal =
                realm.admin().identityProvider(theirs).path("internalId").asText();
        String spa = realm.admin().clientUuid(Suite.SPA);
        attach("token-exchange.permission.idp." + internal, policy("client", Map.of("clients", List.of(spa))));
        Person person = Suite.newPerson();
        Person known = Suite.newPerson();

        Answer ofTheirs = untyped(theirs, Provider.FOREIGN_CLIENT, person);
        Answer ofOurs = untyped(alias, Provider.FOREIGN_CLIENT, person);
        Answer good = untyped(alias, "acme-client", known);

        assertThat(ofTheirs.status()).as(ofTheirs.body()).isEqualTo(200);
        assertThat(ofTheirs.json().has("user_created"))
                .as("of the first version")
                .isFalse();
        assertThat(realm.linked(theirs, person)).hasSize(1);
        assertRefused(ofOurs, 400, "invalid_request", "token_for_another_app");
        assertThat(realm.linked(alias, person)).isEmpty();
        assertThat(good.status()).as(good.body()).isEqualTo(200);
        assertThat(good.json().path("user_created").asBoolean()).isTrue();
    }

    /** Its own refusal, in its own words. */
    @Test
    void theFirstVersionRefusesWhomItsPermissionDoesNotName() {
        Answer answer = untyped(theirs(), "acme-client", Suite.newPerson());

        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("access_denied");
        assertThat(answer.json().has("error_reason")).isFalse();
    }

    /** A provider that is not open for ours. */
    private static String theirs() {
        return realm.provider("acme", copy -> copy.withObject("/config").remove("exchangeClients"));
    }

    private static Answer untyped(String provider, String app, Person person) {
        return RawRequest.to(realm.tokens().uri()) // whose answer need not be as our contract says
                .form("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                .form("client_id", Suite.SPA)
                .form("subject_issuer", provider)
                .form("subject_token", Suite.providers().acme().accessToken(app, person))
                .send();
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
