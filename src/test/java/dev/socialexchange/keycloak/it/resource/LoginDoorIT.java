package dev.socialexchange.keycloak.it.resource;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange with the provider in the address and its token, by its own name, in the body: {@code ProofRefusalsIT} has its refusals. */
class LoginDoorIT {
    private static final String ORIGIN = "https://front.example";
    private static final String SECRET = "s3cret & more: %";

    private static OwnRealm realm;
    private static Doors doors;
    private static App app;
    private static String acme;

    private final Person person = Suite.newPerson();

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        doors = new Doors(realm);
        app = app(client -> client.putArray("webOrigins").add(ORIGIN));
        acme = app.provider("acme");
    }

    @Test
    void aFormSignsInWhomTheTokenEndpointSignsIn() {
        String user = app.login(acme, person);

        Answer answer = login(acme).origin(ORIGIN).param("scope", "openid").send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.claims().path("sub").asText()).isEqualTo(user);
        assertThat(answer.refreshToken()).isNotEmpty();
        assertThat(answer.text("id_token")).isNotEmpty();
        assertThat(answer.json().path("user_created").asBoolean(true)).isFalse();
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        JsonNode event = event("TOKEN_EXCHANGE");
        assertThat(event.path("details").path("door").asText()).isEqualTo("login");
        assertThat(event.path("details").path("identity_provider").asText()).isEqualTo(acme);
        assertThat(event.path("details").path("proof").asText()).isEqualTo("jwks");
    }

    @Test
    void anObjectSignsIn() {
        Answer answer = doors.loginJson(
                        acme,
                        Json.write(Map.of(
                                "client_id",
                                app.clientId(),
                                "access_token",
                                Suite.providers().acme().accessToken("acme-client", person))))
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("user_created").asBoolean()).isTrue();
        assertThat(realm.linked(acme, person)).hasSize(1);
    }

    @Test
    void isClosedUntilTheClientNamesIt() {
        App closed = App.of(realm);
        String alias = closed.provider("acme");

        Answer answer = doors.login(alias)
                .as(closed.clientId())
                .param("id_token", idToken())
                .send();

        assertRefused(answer, 403, "access_denied", "door_closed");
        assertThat(realm.linked(alias, person)).isEmpty();
        JsonNode event = event("TOKEN_EXCHANGE_ERROR");
        assertThat(event.path("clientId").asText()).isEqualTo(closed.clientId());
        assertThat(event.path("error").asText()).isEqualTo("not_allowed");
        assertThat(event.path("details").path("reason").asText()).isEqualTo("door_closed");
        assertThat(event.path("details").path("door").asText()).isEqualTo("login");
    }

    /** Its client proves who it is in any way that the token endpoint takes, and nobody else comes in by its name. */
    @Test
    void aConfidentialClientAuthenticatesAsAtTheTokenEndpoint() {
        App backend = app(client -> client.put("publicClient", false).put("secret", SECRET));
        String alias = backend.provider("acme");
        TokenRequest basic = doors.login(alias).as(backend.clientId(), SECRET).param("id_token", idToken());
        Map<String, String> posted =
                Map.of("client_id", backend.clientId(), "client_secret", SECRET, "id_token", idToken());
        Map<String, String> without = Map.of("client_id", backend.clientId(), "id_token", idToken());

        Answer refused = doors.loginJson(alias, Json.write(without)).send();
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.error()).isEqualTo("unauthorized_client");
        assertThat(realm.linked(alias, person)).isEmpty();
        assertThat(basic.send().status()).isEqualTo(200);
        assertThat(doors.loginJson(alias, Json.write(posted)).send().status()).isEqualTo(200);
    }

    @Test
    void whatHasNotItsShapeIsRefusedWithAnEvent() {
        Answer answer = login(acme).param("subject_issuer", "google").send();

        assertRefused(answer, 400, "invalid_request", "parameter_invalid");
        assertThat(realm.linked(acme, person)).isEmpty();
        assertThat(event("TOKEN_EXCHANGE_ERROR").path("details").path("reason").asText())
                .startsWith("parameter_invalid");
    }

    @Test
    void aBodyThatIsNoObjectIsRefused() {
        assertRefused(doors.loginJson(acme, "[]").send(), 400, "invalid_request", "parameter_invalid");
        JsonNode event = event("TOKEN_EXCHANGE_ERROR");
        assertThat(event.path("details").path("reason").asText()).startsWith("parameter_invalid");
        assertThat(event.path("details").path("door").asText()).isEqualTo("login");
    }

    /** Of two values another reader may take the other one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"client_id\":\"APP\",\"id_token\":\"another\",\"id_token\":\"TOKEN\"}",
                "{\"client_id\":\"APP\",\"id_token\":[\"another\",\"TOKEN\"]}",
                "{\"client_id\":\"APP\",\"id_token\":\"TOKEN\",\"scope\":[\"openid\",\"email\"]}",
                "{\"client_id\":[\"APP\",\"APP\"],\"id_token\":\"TOKEN\"}"
            })
    void aParameterThatComesTwiceIsRefused(String body) {
        Answer answer = doors.loginJson(
                        acme, body.replace("APP", app.clientId()).replace("TOKEN", idToken()))
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_request");
        assertThat(realm.linked(acme, person)).isEmpty();
    }

    /** Which the token endpoint leaves to Keycloak's own exchange. */
    @Test
    void thisRealmsOwnTokensAreNotExchangedHere() {
        String own = "%s/realms/%s".formatted(realm.server().url(), realm.name());
        String token = app.plainRequest(acme, person).send().accessToken();

        Answer answer = doors.login(URLEncoder.encode(own, StandardCharsets.UTF_8))
                .as(app.clientId())
                .param("access_token", token)
                .send();

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.accessToken()).isEmpty();
    }

    @Test
    void whereThePersonIsNeededALinkGoesOn() {
        String user = realm.user(Suite.unique("local"), person.email(), local -> local.put("emailVerified", true));

        Answer answer = app.continuable(login(acme)).send();

        assertRefused(answer, 400, "interaction_required", "account_exists");
        assertThat(answer.text("interaction_uri")).isNotEmpty();
        assertThat(realm.link(user, acme)).isEmpty();
    }

    @Test
    void aBrowserIsToldThatItMayAsk() {
        Answer preflight = doors.preflight("login/" + acme, ORIGIN);

        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Methods").orElse("")).contains("POST");
    }

    private TokenRequest login(String alias) {
        return doors.login(alias).as(app.clientId()).param("id_token", idToken());
    }

    private String idToken() {
        return Suite.providers().acme().idToken("acme-client", person);
    }

    private static App app(Consumer<ObjectNode> change) {
        return App.of(realm, client -> {
            client.withObject("/attributes").put("social-exchange.doors", "login");
            change.accept(client);
        });
    }

    private static JsonNode event(String type) {
        return realm.admin().events("type=" + type + "&max=1").path(0);
    }
}
