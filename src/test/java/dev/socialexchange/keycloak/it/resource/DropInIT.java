package dev.socialexchange.keycloak.it.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.HangingApp;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.ReverseProxy;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Apps that were made for another back end, led here by a proxy: {@code shape} has all that they can say, this what comes of it in a realm. */
class DropInIT {
    private static final String ORIGIN = "https://front.example";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String DOORS = "drf-social-oauth2##dj-rest-auth##rest-social-auth##supabase##auth0";

    private static OwnRealm realm;
    private static Doors doors;
    private static App app;
    private static String acme;

    private final Person person = Suite.newPerson();

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        doors = new Doors(realm);
        app = App.of(realm, client -> {
            client.putArray("webOrigins").add(ORIGIN);
            client.withObject("/attributes").put("social-exchange.doors", DOORS);
        });
        acme = app.provider("acme");
        realm.admin().updateClient(app.clientId(), client -> client.withObject("/attributes")
                .put("social-exchange.door-aliases", "google-oauth2=" + acme + "##apple=" + acme)
                .put("social-exchange.door-callbacks", acme + "=https://shop.example/cb"));
    }

    @Test
    void convertTokenIsAnExchangeAndItsSessionLivesOn() {
        Answer answer = convert(accessToken());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/user/email").asText()).isEqualTo(person.email());
        assertThat(answer.json().has("id_token")).isFalse();
        assertThat(answer.claims().path("sub").asText()).isEqualTo(app.login(acme, person));
        assertThat(event("TOKEN_EXCHANGE")
                        .path("details")
                        .path("identity_provider")
                        .asText())
                .isEqualTo(acme);
        String form = "grant_type=refresh_token&refresh_token=" + answer.refreshToken();
        Answer refreshed = post("drf-social-oauth2", "token/").encoded(form).send();
        assertThat(refreshed.accessToken()).as(refreshed.body()).isNotEmpty();

        Answer ended = post("drf-social-oauth2", "invalidate-sessions")
                .header("Authorization", "Bearer " + refreshed.accessToken())
                .json("{\"client_id\":\"of-old\"}")
                .send();

        assertThat(ended.status()).isEqualTo(204);
        assertThat(post("drf-social-oauth2", "token").encoded(form).send().error())
                .isEqualTo("invalid_grant");
    }

    /** As a browser's FormData sends it, which Django reads like the other kind of form. */
    @Test
    void aFormOfPartsIsAForm() {
        String parts = "";
        for (String[] part :
                new String[][] {{"grant_type", "convert_token"}, {"backend", "google-oauth2"}, {"token", accessToken()}
                }) {
            parts += "--edge\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted((Object[]) part);
        }

        Answer answer = post("drf-social-oauth2", "convert-token")
                .body("multipart/form-data; boundary=edge", parts + "--edge--\r\n")
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/user/email").asText()).isEqualTo(person.email());
    }

    @Test
    void aRevokedTokenIsRevokedInTheRealm() {
        Answer answer = convert(accessToken());

        assertThat(post("drf-social-oauth2", "revoke-token")
                        .form("token", answer.refreshToken())
                        .send()
                        .status())
                .isEqualTo(200);

        assertThat(post("drf-social-oauth2", "token")
                        .form("grant_type", "refresh_token")
                        .form("refresh_token", answer.refreshToken())
                        .send()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void djRestAuthsViewsAreAnswered() {
        Answer answer = json("dj-rest-auth", acme + "/", Map.of("id_token", idToken()));
        String access = answer.text("access");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/user/email").asText()).isEqualTo(person.email());
        assertThat(get("dj-rest-auth", "user/", access).json().path("pk").asText())
                .isEqualTo(answer.json().at("/user/pk").asText())
                .isEqualTo(app.login(acme, person));
        assertThat(json("dj-rest-auth", "token/refresh/", Map.of("refresh", answer.text("refresh")))
                        .text("access"))
                .isNotEmpty();
        assertThat(post("dj-rest-auth", "logout/")
                        .header("Authorization", "Bearer " + access)
                        .json("{}")
                        .send()
                        .text("detail"))
                .isEqualTo("Successfully logged out.");
        assertThat(get("dj-rest-auth", "user", access).status()).isEqualTo(401);
    }

    /** What is an API there is a client here, and what nobody has named narrows nothing. */
    @Test
    void anApiOfAuth0sIsTheClientThatTheAdministratorNames() {
        String api = App.of(realm).clientId();
        realm.admin().updateClient(app.clientId(), client -> client.withObject("/attributes")
                .put("social-exchange.door-aliases", "google-oauth2=" + acme + "##apple=" + acme + "##facebook=" + acme)
                .put("social-exchange.door-audiences", "https://api.example/=" + api));
        Map<String, String> body = new HashMap<>(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token_type",
                "http://auth0.com/oauth/token-type/facebook-info-session-access-token",
                "subject_token",
                accessToken(),
                "audience",
                "https://of-nobody.example/"));

        Answer unknown = json("auth0", "oauth/token", body);
        body.put("audience", "https://api.example/");
        Answer known = json("auth0", "oauth/token", body);

        assertThat(unknown.status()).as(unknown.body()).isEqualTo(200);
        assertThat(known.status()).as("the app's tokens do not reach it yet").isEqualTo(400);
        assertThat(known.header("Social-Exchange-Reason")).contains("audience_invalid");
    }

    /** The app does not send where its codes come back to: its back end knew. */
    @Test
    void aCodeIsRedeemedWithTheCallbackThatTheClientHas() {
        String code = Suite.providers().acme().code("acme-client", person, "https://shop.example/cb", App.CHALLENGE);

        Answer answer = json(
                "rest-social-auth", "social/jwt-pair-user/" + acme, Map.of("code", code, "code_verifier", VERIFIER));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("email")).isEqualTo(person.email());
        assertThat(answer.text("token")).isNotEmpty();
        assertThat(realm.linked(acme, person)).hasSize(1);
    }

    /** Nobody signs himself out of another app with this one's token, nor is told who he is to that. */
    @Test
    void anotherAppsTokenOpensNothingHere() {
        App other = App.of(realm);
        String alias = other.provider("acme");
        String theirs = other.plainRequest(alias, person).send().accessToken();

        assertThat(get("dj-rest-auth", "user", theirs).status()).isEqualTo(401);
        assertThat(post("supabase", "auth/v1/logout")
                        .header("Authorization", "Bearer " + theirs)
                        .json("{}")
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(realm.admin()
                        .sessions(realm.linked(alias, person).path(0).path("id").asText()))
                .hasSize(1);
    }

    /** Apps hear of it when it is committed; and while one of them takes its time, the person is signed out. */
    @Test
    void otherAppThatDoesNotAnswerKeepsNobodyWaitingWhoSignsOut() throws InterruptedException {
        try (HangingApp hanging = new HangingApp()) {
            App slow = hanging.in(realm);
            realm.admin().updateClient(slow.clientId(), client -> client.withObject("/attributes")
                    .put("social-exchange.doors", "dj-rest-auth"));
            String alias = slow.provider("acme");
            Answer tokens = slow.plainRequest(alias, person).send();
            assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
            long start = System.nanoTime();

            Answer answer = RawRequest.to(doors.uri("drop-in/dj-rest-auth/" + slow.clientId() + "/logout/"))
                    .header("Authorization", "Bearer " + tokens.accessToken())
                    .json("{}")
                    .send();

            assertThat(answer.text("detail")).as(answer.body()).isEqualTo("Successfully logged out.");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("Keycloak waits 5 s for an app")
                    .isLessThan(Duration.ofSeconds(4));
            assertThat(realm.admin().sessions(tokens.claims().path("sub").asText()))
                    .isEmpty();
            assertThat(hanging.told()).hasValueSatisfying(logout -> assertThat(logout.path("sid"))
                    .isEqualTo(tokens.claims().path("sid")));
        }
    }

    /** By the rules of {@code operations/}: {@code OldHostTest} has each of them. */
    @Test
    void anOldAddressOnAnotherHostIsTheDoor() {
        assumeTrue(ReverseProxy.Kind.NGINX.installed().isPresent(), "no nginx here");
        try (ReverseProxy oldHost = ReverseProxy.oldHost(realm.server().url(), realm.name(), app.clientId())) {
            Answer answer = RawRequest.to(URI.create(oldHost.url() + "/auth/convert-token/"))
                    .header("X-Forwarded-For", "203.0.113.9")
                    .form("grant_type", "convert_token")
                    .form("backend", "google-oauth2")
                    .form("token", accessToken())
                    .send();

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.claims().path("iss").asText())
                    .as("the realm's, whose host that is not")
                    .isEqualTo(app.plainRequest(acme, person)
                            .send()
                            .claims()
                            .path("iss")
                            .asText());
            assertThat(realm.admin().events("type=TOKEN_EXCHANGE&max=5").findValuesAsText("ipAddress"))
                    .doesNotContain("203.0.113.9");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drf-social-oauth2|convert-token|{'grant_type':'convert_token','backend':'google-oauth2','token':'@'}|400",
                "dj-rest-auth|apple|{'access_token':'@'}|400",
                "supabase|auth/v1/token?grant_type=id_token|{'provider':'apple','id_token':'@'}|400",
                "rest-social-auth|social/jwt-pair/google-oauth2|{'code':'@','code_verifier':'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'}|400"
            })
    void whatIsNoGoodAtTheTokenEndpointIsNoGoodHere(String shape, String path, String body, int status) {
        Answer answer = post(shape, path)
                .header("Origin", ORIGIN)
                .json(body.replace('\'', '"').replace("@", "no.good.token"))
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Social-Exchange-Reason").orElse("")).startsWith("token_");
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        JsonNode event = event("TOKEN_EXCHANGE_ERROR");
        assertThat(event.path("details").path("door").asText()).isEqualTo(shape);
        assertThat(event.path("details").path("reason").asText()).startsWith("token_");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drf-social-oauth2|convert-token|{'grant_type':'convert_token','backend':'acme','token':'t'}",
                "drf-social-oauth2|token|{'grant_type':'refresh_token','refresh_token':'t'}",
                "dj-rest-auth|acme|{'access_token':'t'}",
                "rest-social-auth|social/jwt-pair/acme|{'code':'t'}",
                "supabase|auth/v1/token?grant_type=id_token|{'provider':'acme','id_token':'t'}",
                "auth0|oauth/token|{'grant_type':'refresh_token','refresh_token':'t'}"
            })
    void isClosedUntilTheClientNamesIt(String shape, String path, String body) {
        App closed = App.of(realm);

        Answer answer = RawRequest.to(doors.uri("drop-in/%s/%s/%s".formatted(shape, closed.clientId(), path)))
                .json(body.replace('\'', '"'))
                .send();

        assertThat(answer.status()).as(answer.body()).isBetween(400, 403);
        assertThat(answer.header("Social-Exchange-Reason")).contains("door_closed");
    }

    @Test
    void aBrowsersClientOfSupabaseMaySendItsHeaders() {
        Answer preflight = doors.preflight("drop-in/supabase/%s/auth/v1/token".formatted(app.clientId()), ORIGIN);

        assertThat(preflight.status()).isEqualTo(204);
        assertThat(String.join(",", preflight.headers().allValues("Access-Control-Allow-Headers")))
                .contains("apikey")
                .contains("x-client-info")
                .containsIgnoringCase("authorization")
                .containsIgnoringCase("content-type");
    }

    @Test
    void thereIsNoOtherShapeAndNoOtherClient() {
        assertThat(RawRequest.to(doors.uri("drop-in/firebase/%s/x".formatted(app.clientId())))
                        .json("{}")
                        .send()
                        .status())
                .isEqualTo(404);
        assertThat(RawRequest.to(doors.uri("drop-in/drf-social-oauth2/nobody/convert-token"))
                        .json("{\"grant_type\":\"convert_token\",\"backend\":\"acme\",\"token\":\"t\"}")
                        .send()
                        .status())
                .isEqualTo(400);
    }

    /** A database takes no NUL, and says so in its own words. */
    @Test
    void aNameThatNoProviderAndNoClientCanHaveIsARefusal() {
        Answer provider = post("drf-social-oauth2", "convert-token")
                .json("{\"grant_type\":\"convert_token\",\"backend\":\"a\\u0000b\",\"token\":\"t\"}")
                .send();
        Answer client = RawRequest.to(doors.uri("drop-in/drf-social-oauth2/a%00b/convert-token"))
                .json("{\"grant_type\":\"convert_token\",\"backend\":\"acme\",\"token\":\"t\"}")
                .send();

        assertThat(provider.status()).as(provider.body()).isEqualTo(400);
        assertThat(client.status()).as(client.body()).isEqualTo(400);
    }

    private Answer convert(String token) {
        return post("drf-social-oauth2", "convert-token")
                .form("grant_type", "convert_token")
                .form("client_id", "of-old")
                .form("backend", "google-oauth2")
                .form("token", token)
                .send();
    }

    private static Answer json(String shape, String path, Map<String, String> body) {
        return post(shape, path).json(Json.write(body)).send();
    }

    private static RawRequest post(String shape, String path) {
        return RawRequest.to(doors.uri("drop-in/%s/%s/%s".formatted(shape, app.clientId(), path)));
    }

    private static Answer get(String shape, String path, String accessToken) {
        return post(shape, path)
                .method("GET")
                .header("Authorization", "Bearer " + accessToken)
                .send();
    }

    private String accessToken() {
        return Suite.providers().acme().accessToken("acme-client", person);
    }

    private String idToken() {
        return Suite.providers().acme().idToken("acme-client", person);
    }

    private static JsonNode event(String type) {
        return realm.admin().events("type=" + type + "&max=1").path(0);
    }
}
