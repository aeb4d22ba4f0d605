package dev.socialexchange.keycloak.it.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Eventually;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.NotInContainers;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.it.support.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two realms of a Keycloak with its own transmitter of shared signals (experimental, 26.7): one tells the other, which listens or fetches. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@WithOneKeycloak
@NotInContainers
class KeycloakSignalsIT {
    private static final Path JAR = Workspace.target().resolve("social-exchange-streams.jar");
    private static final String SECRET = "of-the-receiver";
    private static final String PASSWORD = "correct horse";

    private static KeycloakServer server;
    private static OwnRealm telling;
    private static OwnRealm told;
    private static String alias;

    @BeforeAll
    static void start() {
        server = KeycloakServer.start(ServerOptions.run("it-ssf")
                .withoutRealm()
                .shortLived()
                .covered()
                .buildOption("--features=ssf")
                .startOption("--spi-ssf-transmitter--default--allow-insecure-push-targets=true")
                .startOption("--spi-ssf-transmitter--default--outbox-drainer-interval=1s")
                .startOption("--spi-realm-restapi-extension--social-exchange--signals-poll=2")
                .startOption("--spi-realm-restapi-extension--social-exchange--signals-deletions=2"));
        telling = OwnRealm.create(server, "http://localhost:9", realm -> realm.withObject("/attributes")
                .put("ssf.transmitterEnabled", "true"));
        telling.admin().createClient(receiver());
        told = OwnRealm.create(server, "http://localhost:9", realm -> {});
        alias = told.provider("acme", KeycloakSignalsIT::isAKeycloak);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** Made when the realm has the transmitter's scopes. */
    private static ObjectNode receiver() {
        ObjectNode client = (ObjectNode) Json.lenient("{\"attributes\":{}}");
        client.put("clientId", "receiver")
                .put("secret", SECRET)
                .put("serviceAccountsEnabled", true)
                .put("directAccessGrantsEnabled", true);
        List.of("basic", "roles", "profile", "email").forEach(client.withArray("/defaultClientScopes")::add);
        List.of("ssf.read", "ssf.manage").forEach(client.withArray("/optionalClientScopes")::add);
        client.withObject("/attributes")
                .put("ssf.enabled", "true")
                .put("ssf.defaultSubjects", "ALL")
                .put("ssf.validPushUrls", server.url() + "/*");
        return client;
    }

    private static String issuer() {
        return server.url() + "/realms/" + telling.name();
    }

    private static void isAKeycloak(ObjectNode provider) {
        provider.put("providerId", "keycloak-oidc");
        String protocol = issuer() + "/protocol/openid-connect";
        Map.of(
                        "clientId",
                        "receiver",
                        "clientSecret",
                        SECRET,
                        "clientAuthMethod",
                        "client_secret_post",
                        "issuer",
                        issuer(),
                        "useJwksUrl",
                        "true",
                        "jwksUrl",
                        protocol + "/certs",
                        "tokenUrl",
                        protocol + "/token",
                        "authorizationUrl",
                        protocol + "/auth",
                        "exchangeSignals",
                        "enforce")
                .forEach(provider.withObject("/config")::put);
    }

    /** Somebody who has signed in there, and by that here. */
    private record Person(Answer there, Answer here) {

        static Person signedIn() {
            String name = Suite.unique("person");
            telling.user(name, name + "@example.org", user -> user.putArray("credentials")
                    .addObject()
                    .put("type", "password")
                    .put("value", PASSWORD));
            Answer there = telling.tokens()
                    .password(name, PASSWORD)
                    .as("receiver", SECRET)
                    .scope("openid")
                    .send();
            assertThat(there.status()).as(there.body()).isEqualTo(200);
            Answer here = told.request(Suite.SPA, alias, TokenType.ID_TOKEN, there.text("id_token"))
                    .send();
            assertThat(here.status()).as(here.body()).isEqualTo(200);
            return new Person(there, here);
        }

        void leavesThere() {
            telling.admin().post("/users/" + there.claims().path("sub").asText() + "/logout", Map.of());
        }

        boolean isSignedInHere() {
            return told.tokens()
                            .refresh(here.refreshToken())
                            .as(Suite.SPA)
                            .send()
                            .status()
                    == 200;
        }
    }

    private static void deleteStream() throws IOException, InterruptedException {
        Ended deleted = streams("delete");
        assertThat(deleted.status()).as(deleted.output()).isZero();
    }

    private static Ended streams(String task, String... further) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                task,
                "--transmitter",
                issuer(),
                "--client",
                "receiver",
                "--scope",
                "ssf.read ssf.manage"));
        command.addAll(List.of(further));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SOCIAL_EXCHANGE_STREAMS_SECRET", SECRET);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    private record Ended(int status, String output) {}

    /** As what is printed says that it differs: Keycloak names the receiver and its stream. */
    private static void listenTo(Ended created) {
        told.admin()
                .configureIdentityProvider(
                        alias,
                        Map.of(
                                "exchangeSignalsAudience",
                                created.output().replaceFirst("(?s).*\"aud\" : \\[ \"([^\"]+)\".*", "$1")));
    }

    private static void await(String what, BooleanSupplier reached) throws InterruptedException {
        Eventually.await(what, Duration.ofSeconds(90), reached);
    }

    private static JsonNode lastSignal() {
        return told.admin().events("type=REVOKE_GRANT&max=1").path(0).path("details");
    }

    @Test
    @Order(1)
    void realmTellsTheOtherThatASessionHasEnded() throws IOException, InterruptedException {
        String receiver = server.url() + "/realms/" + told.name() + "/social-exchange/signals/" + alias;
        Ended created =
                streams("create", "--receiver", receiver, "--events", "caep/session-revoked", "--audience", "receiver");
        assertThat(created.status()).as(created.output()).isEqualTo(1);
        assertThat(created.output())
                .doesNotContain(SECRET)
                .contains("status: enabled")
                .containsOnlyOnce("differs: ")
                .contains("differs: aud: signals will be for receiver/");
        listenTo(created);
        Person leaving = Person.signedIn();
        Person staying = Person.signedIn();

        leaving.leavesThere();

        await("the session here ends", () -> !leaving.isSignedInHere());
        assertThat(staying.isSignedInHere()).isTrue();
        assertThat(lastSignal().path("signal").asText()).isEqualTo("sessions-revoked");
        assertThat(lastSignal().path("identity_provider").asText()).isEqualTo(alias);
    }

    @Test
    @Order(2)
    void realmFetchesWhatTheOtherDoesNotSend() throws IOException, InterruptedException {
        deleteStream();
        Ended polled = streams("create", "--poll", "--events", "caep/session-revoked");
        assertThat(polled.status()).as(polled.output()).isZero();
        listenTo(polled);
        String endpoint = polled.output().replaceFirst("(?s).*\"endpoint_url\" : \"([^\"]+)\".*", "$1");
        told.admin()
                .configureIdentityProvider(
                        alias, Map.of("exchangeSignalsPoll", endpoint, "exchangeSignalsPollScope", "ssf.read"));
        Person leaving = Person.signedIn();

        int before = delivered();

        leaving.leavesThere();

        await("the session here ends", () -> !leaving.isSignedInHere());
        assertThat(lastSignal().path("outcome").asText()).contains("sessions_ended");
        await("the transmitter hears that it was taken", () -> delivered() > before);
    }

    /** What the transmitter has heard to be taken. */
    private static int delivered() {
        return telling.admin()
                .get("/ssf/clients/receiver/events/stats")
                .path("statuses")
                .path("DELIVERED")
                .path("count")
                .asInt(0);
    }

    private static ObjectNode open(ObjectNode realm, String alias, String name, long due) {
        ObjectNode user = realm.withArray("/users").addObject();
        user.put("username", name).put("enabled", true);
        ObjectNode attributes = user.putObject("attributes");
        attributes.putArray("social-exchange.deletion").add("code-of-" + name);
        attributes.putArray("social-exchange.deletion-state").add("open");
        String id = "id-of-" + name;
        attributes
                .putArray("social-exchange.deletion-detail")
                .add(Json.write(Map.of(
                        "alias",
                        alias,
                        "account",
                        Digests.sha256Base64Url(alias + '\n' + id),
                        "requested",
                        1_700_000_000,
                        "reason",
                        "",
                        "due",
                        due)));
        link(user, alias, id);
        return user;
    }

    private static void link(ObjectNode user, String alias, String id) {
        user.putArray("federatedIdentities")
                .addObject()
                .put("identityProvider", alias)
                .put("userId", id)
                .put("userName", id);
    }

    @Test
    @Order(3)
    void requestIsDoneWhenItsTimeIsOverAndNobodyHasDecidedOtherwise() throws InterruptedException {
        long now = Instant.now().getEpochSecond();
        OwnRealm realm = OwnRealm.create(server, "http://localhost:9", copy -> {
            copy.withArray("/identityProviders").forEach(provider -> {
                ObjectNode config = ((ObjectNode) provider).withObject("/config");
                switch (provider.path("alias").asText()) {
                    case "facebook" -> config.put("exchangeSignals", "enforce").put("exchangeSignalsGrace", "7");
                    case "acme" -> config.put("exchangeSignals", "enforce");
                    case "google" -> config.put("exchangeSignals", "audit").put("exchangeSignalsGrace", "7");
                    default -> {}
                }
            });
            open(copy, "facebook", "due", now - 5);
            open(copy, "facebook", "waiting", now + 86_400);
            open(copy, "acme", "without", now - 5);
            open(copy, "google", "audited", now - 5);
            open(copy, "facebook", "unlinked", now - 5).remove("federatedIdentities");
            link(open(copy, "facebook", "relinked", now - 5), "facebook", "another");
            open(copy, "facebook", "manager", now - 5)
                    .putObject("clientRoles")
                    .putArray("realm-management")
                    .add("view-users");
        });

        await("the one is gone", () -> realm.admin().userByUsername("due").isEmpty());
        JsonNode event = realm.admin().events("type=DELETE_ACCOUNT&max=1").path(0);
        assertThat(event.path("details").path("reason").asText()).isEqualTo("grace_over");
        TimeUnit.SECONDS.sleep(3); // one more look
        for (String name : List.of("waiting", "without", "audited", "manager", "unlinked", "relinked")) {
            assertThat(realm.admin().userByUsername(name)).as(name).isPresent();
        }
    }

    /** By Keycloak's own workflows; the file is one of the examples. */
    @Test
    @Order(4)
    void signalStartsAWorkflow() throws IOException, InterruptedException {
        deleteStream();
        String receiver = server.url() + "/realms/" + told.name() + "/social-exchange/signals/" + alias;
        listenTo(streams("create", "--receiver", receiver, "--events", "caep/session-revoked"));
        JsonNode workflow = Json.lenient(Files.readString(Path.of("examples/workflows/lock-until-reviewed.json"))
                .replace("account-disabled", "sessions-revoked"));
        told.admin().post("/workflows", workflow);
        Person leaving = Person.signedIn();
        Person staying = Person.signedIn();
        String user = told.user(leaving.here()).path("id").asText();

        leaving.leavesThere();

        await(
                "the workflow disables the user",
                () -> !told.admin().user(user).path("enabled").asBoolean());
        assertThat(told.user(staying.here()).path("enabled").asBoolean()).isTrue();
    }
}
