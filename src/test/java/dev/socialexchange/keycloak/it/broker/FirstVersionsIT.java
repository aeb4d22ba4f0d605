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
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
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
        permit(alias);
        Person person = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), person.email(), user -> {});

        assertThat(realm.login(alias, person).claims().path("sub").asText()).isEqualTo(owner);
    }

    /** An access token, as that version took it: of another app's, too, since it asks for none. Whose the provider is decides who answers. */
    @Test
    void anExchangeWithoutATypeIsOursWhereOurProviderIsOpenAndTheFirstVersionsOtherwise() {
        String theirs = theirs();
        permit(theirs);
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

    /** Of sessions that came by that door, and of whoever comes by it again. */
    @Test
    void suspendedLinkOpensNothingAtTheFirstVersionOfTokenExchange() {
        String keycloaks = realm.provider("acme", copy -> {
            copy.withObject("/config").remove("exchangeClients");
            copy.withObject("/config").put("exchangeSignals", "enforce").put("disableTypeClaimCheck", "true");
        });
        permit(keycloaks);
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

    /** The front end, to bring tokens of this provider. */
    private static void permit(String provider) {
        realm.admin()
                .put("/identity-provider/instances/" + provider + "/management/permissions", Map.of("enabled", true));
        String internal =
                realm.admin().identityProvider(provider).path("internalId").asText();
        attach(
                "token-exchange.permission.idp." + internal,
                policy("client", Map.of("clients", List.of(realm.admin().clientUuid(Suite.SPA)))));
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
