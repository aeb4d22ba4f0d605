package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first versions of Keycloak's fine-grained admin permissions and of its token exchange, on a server where they are switched on. */
@OlderKeycloakOnDemand
class FirstVersionsIT {
    private static KeycloakServer server;
    private static OwnRealm realm;
    private static String alias;

    @BeforeAll
    static void startServer() {
        server = KeycloakServer.start(ServerOptions.run("it-first-permissions")
                .withoutRealm()
                .shortLived()
                .buildOption("--features=admin-fine-grained-authz:v1,token-exchange:v1")
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
        attach(ofExchange(alias), policy("client", Map.of("clients", List.of(client))));
        Person person = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), person.email(), user -> {});

        assertThat(realm.login(alias, person).claims().path("sub").asText()).isEqualTo(owner);
    }

    /** Of sessions that came by that door, and of whoever comes by it again. */
    @Test
    void suspendedLinkOpensNothingAtTheFirstVersionOfTokenExchange() {
        String keycloaks = realm.provider("acme", copy -> {
            copy.withObject("/config").remove("exchangeClients");
            copy.withObject("/config").put("exchangeSignals", "enforce").put("disableTypeClaimCheck", "true");
        });
        realm.admin()
                .put("/identity-provider/instances/" + keycloaks + "/management/permissions", Map.of("enabled", true));
        attach(
                ofExchange(keycloaks),
                policy("client", Map.of("clients", List.of(realm.admin().clientUuid(Suite.SPA)))));
        Person person = Suite.newPerson();
        Answer tokens = firstVersion(keycloaks, person);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);

        long happened = Instant.now().getEpochSecond();
        Answer taken = SignalPost.post(
                realm,
                keycloaks,
                SignalPost.token(person, SignalPost.RISC + "credential-compromise", happened, claims -> {}));

        assertThat(taken.status()).as(taken.body()).isEqualTo(202);
        assertThat(realm.tokens()
                        .refresh(tokens.refreshToken())
                        .as(Suite.SPA)
                        .send()
                        .error())
                .isEqualTo("invalid_grant");
        OwnRealm.Traces before = realm.traces();
        Answer refused = firstVersion(keycloaks, person);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("interaction_required");
        assertThat(realm.admin()
                        .events("type=TOKEN_EXCHANGE_ERROR&max=1")
                        .path(0)
                        .path("details")
                        .path("reason")
                        .asText())
                .isEqualTo("link_suspended");
        assertThat(realm.traces()).isEqualTo(before);
    }

    /** Nothing of the contract of ours holds there. */
    private static Answer firstVersion(String keycloaks, Person person) {
        String token = Suite.providers().acme().idToken(Suite.providers().acme().clientId(), person);
        return realm.request(Suite.SPA, keycloaks, TokenType.ID_TOKEN, token)
                .sendAsync()
                .join();
    }

    /** The name of the permission to exchange this provider's tokens. */
    private static String ofExchange(String provider) {
        return "token-exchange.permission.idp."
                + realm.admin().identityProvider(provider).path("internalId").asText();
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
