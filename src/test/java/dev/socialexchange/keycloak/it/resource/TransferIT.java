package dev.socialexchange.keycloak.it.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An app goes to another team of Apple's, and its people get other ids: who they are is said by the table and the token together. */
@OlderKeycloakOnDemand
class TransferIT {
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
        admin = RealmAdmin.service(realm, "manage-users", "view-identity-providers");
    }

    @Test
    void whoWasAnnouncedIsTheSamePersonWithATokenOfTheNewTeam() {
        Moving somebody = Moving.somebody();
        String user = oldLogin(somebody);
        assertThat(outcome(post(somebody.announcement()), "announced")).isEqualTo(1);
        assertThat(outcome(post(somebody.announcement()), "unchanged")).isEqualTo(1);

        Answer login = newLogin(somebody, somebody.after());

        assertThat(login.json().path("user_created").asBoolean()).isFalse();
        assertThat(user(login)).isEqualTo(user);
        assertThat(linkedId(user)).isEqualTo(somebody.after());
        assertThat(user(newLogin(somebody, somebody.after()))).isEqualTo(user);
        assertThat(realm.admin().user(user).path("attributes").toString()).doesNotContain("social-exchange.moving");
        assertThat(Suite.providers().requests("appleid.apple.com", "/auth/revoke"))
                .as("the same tokens stay with the link")
                .noneMatch(request -> request.body().contains(somebody.before()));
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

        assertThat(viewer.request("transfers/" + alias)
                        .lines(somebody.announcement())
                        .send()
                        .status())
                .isEqualTo(403);
        Answer listed = viewer.request("transfers/" + alias + "?max=500").send();
        assertThat(listed.json().findValuesAsText("sub")).contains(somebody.before());
        assertThat(RealmAdmin.service(realm, "view-users")
                        .request("transfers/" + alias)
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(admin.request("transfers/nobody").send().status()).isEqualTo(404);
        assertThat(admin.request("transfers/" + app.provider("google")).send().status())
                .isEqualTo(400);
    }

    private static String oldLogin(Moving somebody) {
        String token = apple.idToken(apple.clientId(), somebody.person());
        String code = apple.code(apple.clientId(), somebody.person(), "https://app.example/cb", null);
        Answer login = realm.request(app.clientId(), alias, TokenType.ID_TOKEN, token)
                .param("code", code)
                .param("redirect_uri", "https://app.example/cb")
                .send();
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return user(login);
    }

    private static Answer newLogin(Moving somebody, String id) {
        Answer login = realm.request(app.clientId(), alias, TokenType.ID_TOKEN, newToken(somebody, id))
                .send();
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return login;
    }

    private static String newToken(Moving somebody, String id) {
        return apple.idToken(apple.clientId(), somebody.person(), claims -> {
            claims.put("sub", id);
            claims.put("transfer_sub", somebody.transfer());
            claims.put("email", Suite.unique("relay") + "@privaterelay.appleid.com");
            claims.put("is_private_email", "true");
        });
    }

    private static void suspend(Moving somebody) {
        String signal = apple.idToken(apple.clientId(), somebody.person(), claims -> {
            claims.keySet().retainAll(Set.of("iss", "aud", "iat", "exp"));
            claims.put("jti", Suite.unique("signal"));
            claims.put(
                    "events",
                    Json.write(Map.of(
                            "type", "consent-revoked",
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
