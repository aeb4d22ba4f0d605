package dev.socialexchange.keycloak.it.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.DpopKey;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.Scrape;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doors that stand in for other back ends say to whom, in which order, and what is counted of it. */
@OlderKeycloakOnDemand
class DropInRefusalsIT {
    private static final String DOORS = "drf-social-oauth2##dj-rest-auth##rest-social-auth##supabase##auth0";
    private static final String SECRET = "of the old app";
    private static final String REASON = "Social-Exchange-Reason";

    private static OwnRealm realm;
    private static Doors doors;
    private static App app;
    private static String acme;

    private final Person person = Suite.newPerson();

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(settings -> settings.putArray("enabledEventTypes")
                .add("TOKEN_EXCHANGE_ERROR")
                .add("LOGOUT_ERROR")
                .add("USER_INFO_REQUEST_ERROR"));
        doors = new Doors(realm);
        app = App.of(realm, client -> client.withObject("/attributes").put("social-exchange.doors", DOORS));
        acme = app.provider("acme");
        realm.admin().updateClient(app.clientId(), client -> client.withObject("/attributes")
                .put("social-exchange.door-aliases", "apple=" + acme + "##facebook=" + acme));
    }

    /** A good token goes with it: of two values one would have been taken. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drf-social-oauth2|convert-token|grant_type=convert_token&backend=ACME&token=ACCESS&token=another",
                "drf-social-oauth2|convert-token|grant_type=convert_token&backend=ACME&backend=another&token=ACCESS",
                "drf-social-oauth2|convert-token|grant_type=convert_token&backend=ACME&token=ACCESS&x=1&x=2",
                "drf-social-oauth2|convert-token?token=another|grant_type=convert_token&backend=ACME&token=ACCESS",
                "drf-social-oauth2|convert-token?x=1&x=2|grant_type=convert_token&backend=ACME&token=ACCESS",
                "drf-social-oauth2|convert-token|{'grant_type':'convert_token','backend':'ACME','token':'another','token':'ACCESS'}",
                "drf-social-oauth2|convert-token|{'grant_type':'convert_token','backend':'ACME','token':['ACCESS']}",
                "dj-rest-auth|ACME|{'access_token':['ACCESS','another']}",
                "dj-rest-auth|ACME/|access_token=another&access_token=ACCESS",
                "supabase|auth/v1/token?grant_type=id_token&grant_type=refresh_token|{'provider':'ACME','id_token':'ID'}",
                "supabase|auth/v1/token?grant_type=id_token|{'grant_type':'refresh_token','provider':'ACME','id_token':'ID'}",
                "supabase|auth/v1/token?grant_type=id_token|{'provider':'ACME','id_token':'another','id_token':'ID'}",
                "auth0|oauth/token|{'grant_type':'urn:ietf:params:oauth:grant-type:token-exchange','subject_token':['ACCESS'],'subject_token_type':'http://auth0.com/oauth/token-type/facebook-info-session-access-token'}",
                "rest-social-auth|social/jwt-pair|{'provider':['ACME'],'code':'c'}"
            })
    void aParameterThatComesTwiceIsRefusedAsAtTheTokenEndpoint(String shape, String path, String body) {
        Answer answer = send(shape, app, path.replace("ACME", acme), filled(body));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header(REASON)).as(answer.body()).contains("parameter_invalid");
        assertThat(realm.linked(acme, person)).isEmpty();
        assertEvent("TOKEN_EXCHANGE_ERROR", app, "parameter_invalid", shape);
    }

    /** Also if what is sent could not mean anything. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "convert-token|{'grant_type':'convert_token','backend':'ACME','token':'ACCESS'}",
                "convert-token|{'grant_type':'convert_token','backend':'ACME'}",
                "convert-token|no object",
                "token|{'grant_type':'refresh_token','refresh_token':'t'}",
                "token|{'grant_type':'password'}",
                "revoke-token|{'token':'t'}",
                "revoke-token|{}"
            })
    void whoHasNotShownThatTheyAreTheClientHearNothingOfItsDoors(String path, String body) {
        App open = confidential("drf-social-oauth2");
        App closed = confidential("");
        String wrong = filled(body);

        Answer atOpen = send("drf-social-oauth2", open, path, wrong);
        Answer atClosed = send("drf-social-oauth2", closed, path, wrong);
        Answer proven = send("drf-social-oauth2", closed, path, wrong, credentials(closed));

        assertThat(atOpen.status()).as(atOpen.body()).isBetween(400, 401);
        assertThat(atOpen.body()).isEqualTo(atClosed.body()).doesNotContain("door");
        assertThat(atOpen.status()).isEqualTo(atClosed.status());
        assertThat(atOpen.header(REASON)).isEmpty();
        assertThat(headers(atOpen)).isEqualTo(headers(atClosed));
        assertThat(proven.header(REASON)).as(proven.body()).contains("door_closed");
        assertEvent("TOKEN_EXCHANGE_ERROR", closed, "door_closed", "drf-social-oauth2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "logout"})
    void aDoorThatIsClosedIsToldOnlyToABearerOfItsApp(String path) {
        App closed = App.of(realm);
        String alias = closed.provider("acme");
        String own = closed.plainRequest(alias, person).send().accessToken();
        String anothers = app.plainRequest(acme, Suite.newPerson()).send().accessToken();

        Answer toAnother = bearer("dj-rest-auth", closed, path, "Bearer " + anothers, "");
        Answer toOwn = bearer("dj-rest-auth", closed, path, "Bearer " + own, "");

        assertThat(toAnother.header(REASON)).contains("access_token_invalid");
        assertThat(toAnother.body()).isEqualTo(toOwn.body());
        assertThat(toOwn.header(REASON)).contains("door_closed");
        String event = path.equals("user") ? "USER_INFO_REQUEST_ERROR" : "LOGOUT_ERROR";
        assertEvent(event, closed, "door_closed", "dj-rest-auth");
        assertThat(realm.admin()
                        .sessions(realm.linked(alias, person).path(0).path("id").asText()))
                .hasSize(1);
    }

    /** Neither by the answer nor by who may read it; the token names its app, and was never signed. */
    @ParameterizedTest
    @ValueSource(strings = {"user", "logout"})
    void whoForgesATokenHearsNothingOfTheDoorsOfItsApp(String path) {
        List<Answer> answers = Stream.of(app(client -> {}), App.of(realm))
                .map(one -> RawRequest.to(uri("dj-rest-auth", one, path))
                        .method(path.equals("user") ? "GET" : "POST")
                        .header("Authorization", "Bearer " + forged(one))
                        .header("Origin", "https://evil.example")
                        .json(path.equals("user") ? "" : "{}")
                        .send())
                .toList();

        assertThat(answers.get(0).status())
                .isEqualTo(401)
                .isEqualTo(answers.get(1).status());
        assertThat(answers.get(0).body()).isEqualTo(answers.get(1).body());
        assertThat(headers(answers.get(0))).isEqualTo(headers(answers.get(1)));
        assertThat(answers.get(0).header("Access-Control-Allow-Credentials")).contains("false");
    }

    private static String forged(App client) {
        String own = client.plainRequest(client.provider("acme"), Suite.newPerson())
                .send()
                .accessToken();
        return own.substring(0, own.lastIndexOf('.') + 1) + "AAAA";
    }

    private static Map<String, List<String>> headers(Answer answer) {
        return answer.headers().map().entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("date"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void whatHasNotTheShapeIsToldInItsWordsWithAnEvent() {
        Answer answer = send("drf-social-oauth2", app, "convert-token", "{\"grant_type\":\"convert_token\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).isEqualTo(Json.lenient("{\"backend\":[\"backend is required.\"]}"));
        assertThat(answer.header(REASON)).contains("parameter_missing");
        assertEvent("TOKEN_EXCHANGE_ERROR", app, "parameter_missing", "drf-social-oauth2");
    }

    /** And the second proof is what it is: a replay, if it is the first one. */
    @Test
    void aProofOfPossessionCountsOnceAtTheUserInfo() throws JOSEException {
        ECKey key = DpopKey.make();
        URI convert = uri("drf-social-oauth2", app, "convert-token");
        String token = RawRequest.to(convert)
                .header("DPoP", DpopKey.proof(key, "POST", convert, null))
                .json(filled("{'grant_type':'convert_token','backend':'ACME','token':'ACCESS'}"))
                .send()
                .accessToken();
        String proof = DpopKey.proof(key, "GET", uri("dj-rest-auth", app, "user"), token);

        Answer user = bearer("dj-rest-auth", app, "user", "DPoP " + token, proof);
        Answer replay = bearer("dj-rest-auth", app, "user", "DPoP " + token, proof);
        Answer without = bearer("dj-rest-auth", app, "user", "DPoP " + token, "");

        assertThat(user.status()).as(user.body()).isEqualTo(200);
        assertThat(user.text("email")).isEqualTo(person.email());
        assertThat(replay.status()).isEqualTo(401);
        assertThat(replay.header(REASON)).contains("access_token_invalid");
        assertThat(without.status()).isEqualTo(401);
    }

    @Test
    void aSignedUserInfoIsReadForTheApp() {
        App signed = app(client -> client.withObject("/attributes").put("user.info.response.signature.alg", "RS256"));
        String alias = signed.provider("acme");
        Answer tokens = signed.plainRequest(alias, person).send();

        Answer user = bearer("dj-rest-auth", signed, "user", "Bearer " + tokens.accessToken(), "");

        assertThat(user.status()).as(user.body()).isEqualTo(200);
        assertThat(user.text("pk")).isEqualTo(tokens.claims().path("sub").asText());
        assertThat(user.text("email")).isEqualTo(person.email());
    }

    /** Nobody is told to be a person without a name and a number. */
    @Test
    void aUserInfoThatOnlyTheClientCanReadIsASetUpFault() throws JOSEException {
        String keys = "{\"keys\":["
                + new RSAKeyGenerator(2048)
                        .keyUse(KeyUse.ENCRYPTION)
                        .keyID("1")
                        .algorithm(JWEAlgorithm.RSA_OAEP_256)
                        .generate()
                        .toPublicJWK()
                        .toJSONString()
                + "]}";
        App encrypted = app(client -> client.withObject("/attributes")
                .put("user.info.encrypted.response.alg", "RSA-OAEP-256")
                .put("user.info.encrypted.response.enc", "A256GCM")
                .put("use.jwks.string", "true")
                .put("jwks.string", keys));
        String token = encrypted
                .plainRequest(encrypted.provider("acme"), person)
                .send()
                .accessToken();

        Answer user = bearer("dj-rest-auth", encrypted, "user", "Bearer " + token, "");

        assertThat(user.status()).as(user.body()).isEqualTo(401);
        assertThat(user.header(REASON)).contains("setup_faulty");
        assertThat(user.json().has("pk")).isFalse();
    }

    @Test
    void aTokenOfTheRealmIsVerifiedForItsAppAlone() {
        String token = app.plainRequest(acme, person).send().accessToken();
        String body = "{\"token\":\"" + token + "\"}";
        App other = app(client -> {});

        assertThat(send("dj-rest-auth", app, "token/verify/", body).status()).isEqualTo(200);
        assertThat(send("dj-rest-auth", other, "token/verify/", body).text("code"))
                .isEqualTo("token_not_valid");
        assertThat(send("dj-rest-auth", app, "token/verify/", "{\"token\":\"no.good.token\"}")
                        .status())
                .isEqualTo(401);
    }

    /** A token that is not bound to the client's certificate is as good as stolen. */
    @Test
    void aTokenWithoutItsCertificateIsVerifiedForNobodyEndsNoSessionAndLinksNothing() {
        App bound = app(client -> {});
        String alias = bound.provider("acme");
        String other = bound.provider("acme");
        String token = bound.plainRequest(alias, person).send().accessToken();
        realm.admin().updateClient(bound.clientId(), client -> client.withObject("/attributes")
                .put("tls.client.certificate.bound.access.tokens", "true"));

        Answer verified = send("dj-rest-auth", bound, "token/verify/", "{\"token\":\"" + token + "\"}");
        Answer logout = bearer("dj-rest-auth", bound, "logout", "Bearer " + token, "");
        Answer link = doors.link(other, token).send();

        assertThat(verified.text("code")).as(verified.body()).isEqualTo("token_not_valid");
        assertThat(logout.header(REASON)).as(logout.body()).contains("access_token_invalid");
        assertThat(link.errorReason()).as(link.body()).isEqualTo("access_token_invalid");
        String user = realm.linked(alias, person).path(0).path("id").asText();
        assertThat(realm.admin().sessions(user)).hasSize(1);
        assertThat(realm.link(user, other)).isEmpty();
    }

    /** As with parameters: which of them is meant? */
    @Test
    void twoAccessTokensAreNone() {
        String token = app.plainRequest(acme, person).send().accessToken();

        for (String path : List.of("user", "logout")) {
            RawRequest request = RawRequest.to(uri("dj-rest-auth", app, path))
                    .method(path.equals("user") ? "GET" : "POST")
                    .header("Authorization", "Bearer " + token)
                    .header("Authorization", "Bearer another");
            Answer answer = request.json(path.equals("user") ? "" : "{}").send();

            assertThat(answer.status()).as(answer.body()).isEqualTo(401);
            assertThat(answer.header(REASON)).contains("access_token_invalid");
        }
        assertThat(realm.admin()
                        .sessions(realm.linked(acme, person).path(0).path("id").asText()))
                .hasSize(1);
    }

    /** Keycloak's own rule, which is no fault of the set-up. */
    @Test
    void aScriptOfAForeignOriginEndsNoSession() {
        String token = app.plainRequest(acme, person).send().accessToken();

        Answer answer = RawRequest.to(uri("dj-rest-auth", app, "logout"))
                .header("Authorization", "Bearer " + token)
                .header("Origin", "https://evil.example")
                .json("{}")
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.header(REASON)).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(realm.admin()
                        .sessions(realm.linked(acme, person).path(0).path("id").asText()))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drf-social-oauth2|convert-token|text/plain",
                "drf-social-oauth2|convert-token|application/json; charset=iso-8859-1",
                "dj-rest-auth|google|application/xml"
            })
    void whatIsNeitherAFormNorJsonIsNotRead(String shape, String path, String type) {
        Answer answer = RawRequest.to(uri(shape, app, path))
                .body(
                        type,
                        filled(
                                "{'grant_type':'convert_token','backend':'ACME','token':'ACCESS','access_token':'ACCESS'}"))
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header(REASON)).contains("parameter_invalid");
        assertThat(realm.linked(acme, person)).isEmpty();
    }

    @Test
    void aBodyThatIsTooLongIsNotRead() {
        Answer answer = send(
                "drf-social-oauth2",
                app,
                "convert-token",
                filled("{'grant_type':'convert_token','backend':'ACME','token':'ACCESS','x':'" + "y".repeat(140_000)
                        + "'}"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header(REASON)).contains("parameter_invalid");
        assertThat(realm.linked(acme, person)).isEmpty();
    }

    @Test
    void otherMethodsAreRefusedAndAddressesThatThereAreNotLookAlikeToAll() {
        App closed = App.of(realm);

        assertThat(RawRequest.to(uri("dj-rest-auth", app, "user"))
                        .method("PUT")
                        .json("{}")
                        .send()
                        .status())
                .isEqualTo(405);
        Answer here = send("drf-social-oauth2", app, "disconnect-backend", "{}");
        Answer there = send("drf-social-oauth2", closed, "disconnect-backend", "{}");
        assertThat(here.status()).isEqualTo(404).isEqualTo(there.status());
        assertThat(here.body()).isEqualTo(there.body());
        assertThat(here.header(REASON)).isEqualTo(there.header(REASON)).isEmpty();
    }

    /** Where the token endpoint is closed, so are these, to whatever is asked. */
    @Test
    void aRealmThatIsClosedIsClosedHereToo() {
        OwnRealm other = OwnRealm.create();
        App itsApp = App.of(
                other, client -> client.withObject("/attributes").put("social-exchange.doors", DOORS + "##login"));
        String alias = itsApp.provider("acme");
        String token = itsApp.plainRequest(alias, person).send().accessToken();
        Doors itsDoors = new Doors(other);
        String convert = "{\"grant_type\":\"convert_token\",\"backend\":\"" + alias + "\",\"token\":\"t\"}";
        Consumer<Consumer<ObjectNode>> close = change -> other.admin().updateRealm(change);
        for (String reason : List.of("realm_disabled", "https_required")) {
            close.accept(
                    reason.equals("realm_disabled")
                            ? settings -> settings.put("enabled", false)
                            : settings -> settings.put("enabled", true).put("sslRequired", "all"));

            String address = "drop-in/%s/" + itsApp.clientId() + "/%s";
            Answer exchange = RawRequest.to(itsDoors.uri(address.formatted("drf-social-oauth2", "convert-token")))
                    .json(convert)
                    .send();
            Answer user = RawRequest.to(itsDoors.uri(address.formatted("dj-rest-auth", "user")))
                    .method("GET")
                    .header("Authorization", "Bearer " + token)
                    .send();
            Answer login = itsDoors.login(alias)
                    .as(itsApp.clientId())
                    .param("access_token", "t")
                    .send();

            assertThat(exchange.status()).as(exchange.body()).isEqualTo(400);
            assertThat(exchange.header(REASON)).contains(reason);
            assertThat(user.header(REASON)).contains(reason);
            assertThat(login.status()).isEqualTo(403);
            assertThat(login.errorReason()).isEqualTo(reason);
        }
    }

    @Test
    void whoTriesInVainIsSlowedDownHereToo() {
        App flooded = app(client -> {});
        String alias =
                flooded.provider("acme", copy -> copy.withObject("/config").put("exchangeThrottle", "5"));
        String bad = "{\"grant_type\":\"convert_token\",\"backend\":\"" + alias + "\",\"token\":\"no.good.token\"}";
        Answer answer = null;
        for (int i = 0; i < 8; i++) {
            answer = send("drf-social-oauth2", flooded, "convert-token", bad);
        }

        assertThat(answer.status()).as(answer.body()).isEqualTo(429);
        assertThat(answer.header(REASON)).contains("throttled");
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.text("detail")).isNotBlank();
    }

    /** As exchanges that were refused, and so they are for the throttle. */
    @Test
    void whatHasNotTheShapeAndWhatIsClosedIsMeasured() {
        App closed = App.of(realm);
        Scrape before = Scrape.of(Suite.keycloak());

        send("drf-social-oauth2", app, "convert-token", "{}");
        send("dj-rest-auth", closed, "token/refresh/", "{\"refresh\":\"t\"}");

        Scrape after = Scrape.of(Suite.keycloak());
        for (String reason : List.of("parameter_missing", "door_closed")) {
            String label = "reason=\"" + reason + '"';
            assertThat(after.sum("social_exchange_requests_total", label)
                            - before.sum("social_exchange_requests_total", label))
                    .as(reason)
                    .isEqualTo(1);
        }
    }

    private String filled(String body) {
        return body.replace('\'', '"')
                .replace("ACME", acme)
                .replace("ACCESS", Suite.providers().acme().accessToken("acme-client", person))
                .replace("\"ID\"", '"' + Suite.providers().acme().idToken("acme-client", person) + '"');
    }

    private static App app(Consumer<ObjectNode> change) {
        return App.of(realm, client -> {
            client.withObject("/attributes").put("social-exchange.doors", DOORS);
            change.accept(client);
        });
    }

    private static App confidential(String open) {
        return app(client -> client.put("publicClient", false)
                .put("secret", SECRET)
                .withObject("/attributes")
                .put("social-exchange.doors", open));
    }

    private static List<String> credentials(App client) {
        return List.of(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((client.clientId() + ":" + SECRET.replace(" ", "+")).getBytes()));
    }

    private static URI uri(String shape, App client, String path) {
        return doors.uri("drop-in/%s/%s/%s".formatted(shape, client.clientId(), path));
    }

    private static Answer send(String shape, App client, String path, String body) {
        return send(shape, client, path, body, List.of());
    }

    private static Answer send(String shape, App client, String path, String body, List<String> header) {
        RawRequest request = RawRequest.to(uri(shape, client, path));
        if (!header.isEmpty()) {
            request.header(header.get(0), header.get(1));
        }
        boolean form = !body.startsWith("{") && body.contains("=");
        return (form ? request.encoded(body) : request.json(body)).send();
    }

    private static Answer bearer(String shape, App client, String path, String authorization, String proof) {
        RawRequest request = RawRequest.to(uri(shape, client, path))
                .method(path.equals("user") ? "GET" : "POST")
                .header("Authorization", authorization);
        if (!proof.isEmpty()) {
            request.header("DPoP", proof);
        }
        return request.json(path.equals("user") ? "" : "{}").send();
    }

    private static void assertEvent(String type, App client, String reason, String door) {
        JsonNode event = realm.admin().events("type=" + type + "&max=1").path(0);
        assertThat(event.path("clientId").asText()).isEqualTo(client.clientId());
        assertThat(event.at("/details/reason").asText()).startsWith(reason);
        assertThat(event.at("/details/door").asText()).isEqualTo(door);
    }
}
