package dev.socialexchange.keycloak.it.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.Eventually;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app goes to another team of Apple's, and its people get other ids: who they are is said by the table and the token together. */
@OlderKeycloakOnDemand
class TransferIT {
    private static final String NAMES = "{\"name\":{\"firstName\":\"Zoë\",\"lastName\":\"Example\"}}";

    private static final Path PROGRAM = Path.of("importer/target/social-exchange-import.jar");
    private static String service;

    private static OwnRealm realm;
    private static App app;
    private static String alias;
    private static RealmAdmin admin;
    private static DataProvider apple;

    /** Somebody with the ids of both teams and of the transfer. */
    private record Moving(Person person, String before, String transfer, String after) {

        static Moving somebody() {
            return of(Suite.newPerson());
        }

        static Moving of(Person person) {
            String before = apple.identity(person, true).get("id").toString();
            return new Moving(person, before, "760417." + before, before.replaceFirst("^001234", "009876"));
        }

        String announcement() {
            return "{\"sub\":\"%s\",\"transfer_sub\":\"%s\"}".formatted(before, transfer);
        }

        String move() {
            return "{\"sub\":\"%s\",\"new_sub\":\"%s\"}".formatted(before, after);
        }
    }

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        app = App.of(realm);
        apple = Suite.providers().described("apple");
        alias = app.described("apple", provider -> {
            provider.put("storeToken", true);
            provider.withObject("/config")
                    .put("revokeAtDeletion", "true")
                    .put("exchangeSignals", "enforce")
                    .put("exchangeSignalsPolicy", "[{\"key\":\"app-deauthorised\",\"value\":\"suspend-link\"}]");
        });
        service = RealmAdmin.client(realm, "manage-users", "view-users", "view-identity-providers");
        admin = RealmAdmin.service(realm, "manage-users", "view-identity-providers");
    }

    @Test
    void whoWasAnnouncedIsTheSamePersonWithATokenOfTheNewTeam() throws InterruptedException {
        Moving somebody = Moving.somebody();
        String user = oldLogin(somebody);
        assertThat(outcome(post(somebody.announcement()), "announced")).isEqualTo(1);
        assertThat(outcome(post(somebody.announcement()), "unchanged")).isEqualTo(1);

        Answer login = newLogin(somebody, somebody.after());

        assertThat(login.json().path("user_created").asBoolean()).isFalse();
        assertThat(user(login)).isEqualTo(user);
        assertThat(linkedId(user)).isEqualTo(somebody.after());
        assertThat(user(newLogin(somebody, somebody.after()))).isEqualTo(user);
        assertThat(listed(admin, somebody.after()).path("announced").asBoolean())
                .isFalse();
        assertNothingIsTakenBackOf(somebody);
    }

    @Test
    void whoWasAnnouncedIsTheSamePersonInABrowserThatComesBackFromTheNewTeam() {
        Moving somebody = Moving.somebody();
        String user = oldLogin(somebody);
        post(somebody.announcement());

        assertThat(user(newLoginInABrowser(somebody))).isEqualTo(user);

        assertThat(linkedId(user)).isEqualTo(somebody.after());
        assertThat(listed(admin, somebody.after()).path("announced").asBoolean())
                .isFalse();
        assertThat(user(newLoginInABrowser(somebody))).as("once more").isEqualTo(user);
    }

    /** Nobody has announced it, or it was good for another link that has moved by now. */
    @Test
    void transferIdWithoutALineForItLeadsToNobodyInABrowserEither() {
        Moving announced = Moving.somebody();
        String user = oldLogin(announced);
        post(announced.announcement());
        Moving attacker = Moving.somebody();

        String stranger = user(newLoginInABrowser(attacker));
        assertThat(stranger).isNotEqualTo(user);
        assertThat(linkedId(user)).isEqualTo(announced.before());
        assertThat(linkedId(stranger)).isEqualTo(attacker.after());

        newLogin(announced, announced.after());
        Moving second = new Moving(Suite.newPerson(), "", announced.transfer(), announced.after() + "2");
        assertThat(user(newLoginInABrowser(second))).isNotEqualTo(user);
        assertThat(linkedId(user)).isEqualTo(announced.after());
    }

    /** Apple signs what an attacker's own account is called, and nothing else. */
    @Test
    void withoutALineForItATransferIdLeadsToNobody() {
        Moving victim = Moving.somebody();
        String user = oldLogin(victim);
        post(victim.announcement());
        Moving attacker = Moving.somebody();

        Answer login = newLogin(attacker, attacker.after());

        assertThat(login.json().path("user_created").asBoolean()).isTrue();
        assertThat(user(login)).isNotEqualTo(user);
        assertThat(linkedId(user)).isEqualTo(victim.before());
    }

    /** The line is of a link that there is no more. */
    @Test
    void lineIsGoodForOneMove() {
        Moving somebody = Moving.somebody();
        String user = oldLogin(somebody);
        post(somebody.announcement());
        newLogin(somebody, somebody.after());

        Moving second = new Moving(Suite.newPerson(), "", somebody.transfer(), somebody.after() + "2");
        Answer login = newLogin(second, second.after());

        assertThat(user(login)).isNotEqualTo(user);
        assertThat(linkedId(user)).isEqualTo(somebody.after());
    }

    @Test
    void transferIdIsOnePersonsOnly() {
        Moving first = Moving.somebody();
        Moving second = Moving.somebody();
        oldLogin(first);
        oldLogin(second);
        post(first.announcement());

        Answer answer = post("{\"sub\":\"%s\",\"transfer_sub\":\"%s\"}".formatted(second.before(), first.transfer()));

        assertRefused(answer, "transfer_sub_taken");
    }

    /** The person stays shut out: a new id proves nothing. */
    @Test
    void suspendedLinkStaysSuspendedUnderItsNewId() {
        Moving somebody = Moving.somebody();
        String user = oldLogin(somebody);
        post(somebody.announcement());
        suspend(somebody);

        Answer refused = realm.request(app.clientId(), alias, TokenType.ID_TOKEN, newToken(somebody, somebody.after()))
                .send();

        assertThat(refused.errorReason()).as(refused.body()).isEqualTo("link_suspended");
        assertThat(realm.admin().sessions(user)).isEmpty();
        assertThat(post(somebody.move()).status()).isEqualTo(200);
        assertThat(realm.request(app.clientId(), alias, TokenType.ID_TOKEN, newToken(somebody, somebody.after()))
                        .send()
                        .errorReason())
                .isEqualTo("link_suspended");
    }

    @Test
    void whoStaysAwayIsMovedByTheAdministratorsTableAlone() {
        Moving somebody = Moving.somebody();
        String user = oldLogin(somebody);

        assertThat(outcome(post(somebody.move()), "moved")).isEqualTo(1);
        assertThat(outcome(post(somebody.move()), "unchanged")).isEqualTo(1);

        assertThat(linkedId(user)).isEqualTo(somebody.after());
        assertThat(user(newLogin(somebody, somebody.after()))).isEqualTo(user);
    }

    /** With the keys of both teams, of which the simulator has one. */
    @Test
    void commandAnnouncesAndMovesWhoStaysAway(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.exists(PROGRAM), "mvn -f importer package builds it");
        Moving somebody = Moving.somebody();
        String user = oldLogin(somebody);

        String announced = command(folder, "announce", "NEWTEAM123");
        assertThat(listed(admin, somebody.before()).path("announced").asBoolean())
                .as(announced)
                .isTrue();
        assertThat(linkedId(user)).isEqualTo(somebody.before());
        String moved = command(folder, "move");

        assertThat(linkedId(user)).as(moved).isEqualTo(somebody.after());
        assertThat(command(folder, "move")).doesNotContain("moved: 1");
    }

    private static String command(Path folder, String half, String... further)
            throws IOException, InterruptedException {
        Path key = folder.resolve("AuthKey.p8");
        Files.writeString(key, apple.secret(apple.clientId()));
        List<String> command = new ArrayList<>(List.of(
                "java",
                "-cp",
                PROGRAM.toString(),
                "dev.socialexchange.keycloak.importer.TransferCommand",
                half,
                realm.server().url().toString(),
                realm.name(),
                service,
                alias,
                folder.resolve("transfer.ndjson").toString()));
        command.addAll(List.of(further));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "TRANSFER_CLIENT_SECRET", RealmAdmin.SECRET,
                        "APPLE_CLIENT_ID", apple.clientId(),
                        "APPLE_TEAM_ID", apple.data().settings().get("teamId"),
                        "APPLE_KEY_ID", apple.data().settings().get("keyId"),
                        "APPLE_KEY_FILE", key.toString(),
                        "APPLE_URL", Suite.providers().url() + "/appleid.apple.com"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void newIdThatIsLinkedToAnotherUserIsLeftWithThem() {
        Moving somebody = Moving.somebody();
        Moving other = Moving.somebody();
        String user = oldLogin(somebody);
        String owner = user(newLogin(other, somebody.after()));

        assertRefused(post(somebody.move()), "linked_to_another_user");

        assertThat(linkedId(user)).isEqualTo(somebody.before());
        assertThat(linkedId(owner)).isEqualTo(somebody.after());
    }

    /** The address stays, and stays verified. */
    @Test
    void relayThatIsStoppedMarksTheUserAndNothingElse() {
        Moving somebody =
                Moving.of(Suite.newPerson().withEmail(Suite.unique("relay") + "@privaterelay.appleid.com", true));
        String user = oldLogin(somebody);
        JsonNode before = realm.admin().user(user);

        tell(somebody, "email-disabled");

        JsonNode after = realm.admin().user(user);
        assertThat(after.path("email")).isEqualTo(before.path("email"));
        assertThat(after.path("emailVerified")).isEqualTo(before.path("emailVerified"));
        assertThat(realm.admin()
                        .events("type=REVOKE_GRANT&max=1")
                        .path(0)
                        .path("details")
                        .path("outcome")
                        .asText())
                .isEqualTo("address_stopped");
    }

    /** Or whoever may manage users would hand an administrator's account to a token of their own. */
    @Test
    void whoAdministersIsNotMoved() {
        Moving somebody = Moving.somebody();
        String user = oldLogin(somebody);
        RealmAdmin.grant(realm, user, "view-users");

        assertRefused(post(somebody.announcement()), "protected");
        assertRefused(post(somebody.move()), "protected");

        assertThat(linkedId(user)).isEqualTo(somebody.before());
    }

    @Test
    void linesThatCannotBeReadOrKnowNobodyAreNamed() {
        Answer answer = post(
                """
                nonsense
                {"sub":"001234.unknown.1"}
                {"sub":"001234.unknown.1","transfer_sub":"t","new_sub":"n"}
                {"sub":"001234.unknown.1","transfer_sub":"t"}
                {"sub":"001234.unknown.1","new_sub":"n"}""");

        assertThat(answer.json().path("findings").findValuesAsText("code"))
                .containsExactly("unreadable", "unreadable", "unreadable", "unknown_account", "unknown_account");
        assertThat(outcome(answer, "refused")).isEqualTo(5);
    }

    @Test
    void onlyWhoMayManageUsersSendsLinesAndWhoMaySeeThemReadsTheIds() {
        Moving somebody = Moving.somebody();
        oldLogin(somebody);
        RealmAdmin viewer = RealmAdmin.service(realm, "view-users", "view-identity-providers");

        Answer refused = viewer.request("transfers/" + alias)
                .lines(somebody.announcement())
                .send();

        assertThat(refused.status()).isEqualTo(403);
        assertThat(listed(viewer, somebody.before()).isMissingNode()).isFalse();
        assertThat(asked(RealmAdmin.service(realm, "view-users"), alias)).isEqualTo(403);
        assertThat(asked(admin, "nobody")).isEqualTo(404);
        assertThat(asked(admin, app.provider("google"))).isEqualTo(400);
    }

    private static int asked(RealmAdmin who, String alias) {
        return who.request("transfers/" + alias).method("GET").send().status();
    }

    private static String oldLogin(Moving somebody) {
        String token = apple.idToken(apple.clientId(), somebody.person());
        String code = apple.code(apple.clientId(), somebody.person(), "https://app.example/cb", null);
        Answer login = realm.request(app.clientId(), alias, TokenType.ID_TOKEN, token)
                .param("code", code)
                .param("user", NAMES)
                .param("redirect_uri", "https://app.example/cb")
                .send();
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return user(login);
    }

    private static Answer newLogin(Moving somebody, String id) {
        Answer login = realm.request(app.clientId(), alias, TokenType.ID_TOKEN, newToken(somebody, id))
                .param("user", NAMES)
                .send();
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return login;
    }

    /** At the simulator, whose token endpoint answers as the new team's. */
    private static Answer newLoginInABrowser(Moving somebody) {
        Simulator providers = Suite.providers();
        providers.fault("appleid.apple.com", "/auth/token", Fault.altered(tokens -> {
            String nonce =
                    Json.claims((String) tokens.get("id_token")).path("nonce").asText();
            tokens.put("id_token", newToken(somebody, somebody.after(), claims -> claims.put("nonce", nonce)));
            return tokens;
        }));
        try {
            return new BrowserLogin(realm.tokens(), providers.url())
                    .signIn(Suite.SPA, alias, somebody.person().id());
        } finally {
            providers.clearFaults();
        }
    }

    private static String newToken(Moving somebody, String id) {
        return newToken(somebody, id, claims -> {});
    }

    private static String newToken(Moving somebody, String id, Consumer<Map<String, Object>> change) {
        return apple.idToken(apple.clientId(), somebody.person(), claims -> {
            claims.put("sub", id);
            claims.put("transfer_sub", somebody.transfer());
            claims.put("email", Suite.unique("relay") + "@privaterelay.appleid.com");
            claims.put("is_private_email", "true");
            change.accept(claims);
        });
    }

    /** Apple has ended it before it said so. */
    @Test
    void tokensOfALinkThatASignalRemovesAreNotTakenBack() throws InterruptedException {
        Moving somebody = Moving.somebody();
        String user = oldLogin(somebody);
        realm.admin().put("/users/" + user + "/reset-password", Map.of("type", "password", "value", "another way in"));

        tell(somebody, "account-delete");

        assertThat(realm.link(user, alias)).isEmpty();
        assertNothingIsTakenBackOf(somebody);
    }

    /** What would have been begun before another's, whose link an administrator removes, is done by then. */
    private static void assertNothingIsTakenBackOf(Moving somebody) throws InterruptedException {
        Moving other = Moving.somebody();
        realm.admin().delete("/users/" + oldLogin(other) + "/federated-identity/" + alias);
        Eventually.await(
                "as an administrator's removal is", Duration.ofSeconds(30), () -> apple.hasRevoked(other.person()));
        assertThat(apple.hasRevoked(somebody.person())).isFalse();
    }

    private static void suspend(Moving somebody) {
        tell(somebody, "consent-revoked");
    }

    private static void tell(Moving somebody, String event) {
        String signal = apple.idToken(apple.clientId(), somebody.person(), claims -> {
            claims.keySet().retainAll(Set.of("iss", "aud", "iat", "exp"));
            claims.put("jti", Suite.unique("signal"));
            claims.put(
                    "events",
                    Json.write(Map.of(
                            "type", event,
                            "sub", somebody.before(),
                            "event_time", Instant.now().toEpochMilli())));
        });
        Answer answer = SignalPost.to(realm, alias + "/notifications")
                .body("application/json", Json.write(Map.of("payload", signal)))
                .send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static Answer post(String lines) {
        Answer answer = admin.request("transfers/" + alias).lines(lines).send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** Missing if nobody is linked by this id. */
    private static JsonNode listed(RealmAdmin who, String id) {
        Answer listed =
                who.request("transfers/" + alias + "?max=500").method("GET").send();
        assertThat(listed.status()).as(listed.body()).isEqualTo(200);
        for (JsonNode one : listed.json()) {
            if (one.path("sub").asText().equals(id)) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }

    private static int outcome(Answer answer, String name) {
        return answer.json().path("outcomes").path(name).asInt();
    }

    private static void assertRefused(Answer answer, String code) {
        assertThat(answer.json().path("findings")).singleElement().satisfies((JsonNode finding) -> assertThat(
                        finding.path("code").asText())
                .isEqualTo(code));
    }

    private static String user(Answer login) {
        return login.claims().path("sub").asText();
    }

    private static String linkedId(String user) {
        return realm.link(user, alias).orElseThrow().path("userId").asText();
    }
}
