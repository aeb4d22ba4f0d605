package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.Directory;
import com.example.thirdparty.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.RealHosts;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody's user directory, which is read-only, or fails in other ways, at each of its calls. */
@OlderKeycloakOnDemand
class FailingDirectoryIT {
    private static final FaultyRealm REALM = FaultyRealm.create();
    private static final String DIRECTORY = REALM.realm()
            .admin()
            .post(
                    "/components",
                    Map.of(
                            "name",
                            "Directory",
                            "providerId",
                            Directory.ID,
                            "providerType",
                            "org.keycloak.storage.UserStorageProvider",
                            "config",
                            Map.of("enabled", List.of("true"), "cachePolicy", List.of("NO_CACHE"))));
    private static final String ALIAS = REALM.provider("acme");

    static {
        REALM.mapper(
                ALIAS,
                "oidc-user-attribute-idp-mapper",
                Map.of("claim", "email", "user.attribute", "department", "syncMode", "FORCE"));
        REALM.mapper(ALIAS, "oidc-hardcoded-role-idp-mapper", Map.of("role", "offline_access", "syncMode", "FORCE"));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                        "create",
                        "close",
                        "getUserById",
                        "getUserByUsername",
                        "getUserByEmail",
                        "addUser",
                        "getUsername",
                        "getEmail",
                        "isEmailVerified",
                        "isEnabled",
                        "getFirstName",
                        "setFirstName",
                        "getAttributes",
                        "setSingleAttribute",
                        "setAttribute",
                        "grantRole",
                        "getRoleMappingsStream",
                        "getGroupsStream",
                        "getRequiredActionsStream")
                .flatMap(method -> Stream.of(Fault.NULL_POINTER, Fault.READ_ONLY, Fault.MODEL, Fault.LINKAGE)
                        // with an error there Keycloak's own requests end, too, when all is done
                        .filter(fault -> fault != Fault.LINKAGE || !method.equals("close"))
                        .map(fault -> Arguments.of(method, fault)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void directoryThatFailsIsForTheAdministratorAndLeavesNobody(String method, Fault fault) {
        Person member = member();
        Person newcomer = FaultyRealm.newPerson();
        TokenRequest known = REALM.request(ALIAS, member);
        TokenRequest first = REALM.request(ALIAS, newcomer);
        configure(method, fault.name());

        Answer knownAnswer = known.send();
        Answer firstAnswer = first.send();

        configure("", "");
        for (Answer answer : List.of(knownAnswer, firstAnswer)) {
            FaultyRealm.assertContract(answer);
            assertThat(Set.of("", "setup_faulty")).as(answer.body()).contains(answer.errorReason());
            if (answer.status() != 200) {
                assertThat(REALM.lastReason()).startsWith("setup_faulty: ").doesNotContain("exchange");
            }
        }
        if (firstAnswer.status() != 200) {
            REALM.assertNobody(ALIAS, newcomer);
            assertMended(first);
        }
        if (knownAnswer.status() != 200) {
            assertMended(known);
        }
    }

    /** It fails at addresses, of which one of them has one. */
    @Test
    void importRefusesWhomTheDirectoryFailsAtAndNobodyElse() {
        String source = Suite.unique("s");
        String line = "{\"sourceId\":\"%1$s\",\"username\":\"%1$s\"}";
        String first = Suite.unique("u");
        String middle = Suite.unique("u");
        String last = Suite.unique("u");
        int users = REALM.realm().admin().countUsers();
        RealmAdmin importer = RealmAdmin.service(REALM.realm(), "manage-users", "view-identity-providers");
        configure("getUserByEmail", Fault.NULL_POINTER.name());

        Answer answer = importer.request("imports?dry_run=false&source=" + source)
                .lines(String.join(
                        "\n",
                        line.formatted(first),
                        line.formatted(middle).replace("}", ",\"email\":\"" + middle + "@example.org\"}"),
                        line.formatted(last)))
                .send();

        configure("", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/outcomes/created").asInt()).isEqualTo(2);
        assertThat(answer.json().path("findings"))
                .isEqualTo(Json.lenient(
                        "[{\"line\":2,\"source_id\":\"%s\",\"code\":\"setup_faulty\"}]".formatted(middle)));
        assertThat(REALM.realm().admin().countUsers()).isEqualTo(users + 2);
        assertThat(REALM.realm().admin().userByUsername(last)).isPresent();
    }

    /** The request's own session, and what it would tell, is rolled back with the answer. */
    @Test
    void importThatTheDatabaseBreaksOffTellsWhomItHasBrought() {
        String source = Suite.unique("s");
        String first = Suite.unique("u");
        REALM.realm().admin().updateRealm(settings -> settings.put("adminEventsEnabled", true)
                .put("adminEventsDetailsEnabled", true));
        RealmAdmin importer = RealmAdmin.service(REALM.realm(), "manage-users", "view-identity-providers");
        configure("getUserByEmail", Fault.DATABASE_GONE.name());

        Answer answer = importer.request("imports?dry_run=false&source=" + source)
                .lines("{\"sourceId\":\"1\",\"username\":\"%s\"}\n{\"sourceId\":\"2\",\"email\":\"%s@example.org\"}"
                        .formatted(first, first))
                .send();

        configure("", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(REALM.realm().admin().userByUsername(first)).isPresent();
        List<JsonNode> told = StreamSupport.stream(
                        REALM.realm().admin().get("/admin-events?max=20").spliterator(), false)
                .filter(event -> event.at("/details/source").asText().equals(source))
                .toList();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).at("/details/error").asText()).startsWith("server_busy");
        assertThat(told.get(0).path("representation").asText()).contains("\"created\":1");
    }

    /** What is the directory's stays with it; a directory that lets nothing be written keeps no link open. */
    @ParameterizedTest
    @CsvSource({
        "'', left_to_directory link_suspended no_other_way_in sessions_ended, link_suspended",
        "setAttribute, left_to_directory link_removed sessions_ended user_read_only, account_exists"
    })
    void accountThatIsDeletedThereOpensNoMembersAccountAnyMore(String readOnlyAt, String outcome, String reason) {
        REALM.realm().admin().updateIdentityProvider(ALIAS, provider -> provider.withObject("/config")
                .put("exchangeSignals", "enforce"));
        Person member = member();
        Answer tokens = REALM.request(ALIAS, member).send();
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        configure(readOnlyAt, readOnlyAt.isEmpty() ? "" : Fault.READ_ONLY.name());

        Answer taken = SignalPost.post(
                REALM.realm(),
                ALIAS,
                SignalPost.token(
                        RealHosts.providers().acme(),
                        member,
                        SignalPost.RISC + "account-purged",
                        Instant.now().getEpochSecond(),
                        claims -> {}));

        configure("", "");
        assertThat(taken.status()).as(taken.body()).isEqualTo(202);
        assertThat(REALM.realm()
                        .admin()
                        .events("type=REVOKE_GRANT&max=1")
                        .path(0)
                        .path("details")
                        .path("outcome")
                        .asText())
                .isEqualTo(outcome);
        assertThat(REALM.realm()
                        .tokens()
                        .refresh(tokens.refreshToken())
                        .as(Suite.SPA)
                        .send()
                        .error())
                .isEqualTo("invalid_grant");
        assertThat(REALM.request(ALIAS, member).send().errorReason()).isEqualTo(reason);
    }

    @Test
    void directoryThatIsReadOnlyIsNamedWhereANameHasChanged() {
        Person member = member();
        TokenRequest request = REALM.request(ALIAS, member);
        configure("setFirstName", Fault.READ_ONLY.name());
        FaultLog log = FaultLog.fromNow();

        Answer answer = request.send();

        configure("", "");
        REALM.assertFaulty(answer, "user storage: user_storage_read_only");
        log.assertTold(Fault.READ_ONLY);
        assertMended(request);
    }

    @Test
    void pageWhoseConnectionIsLostSaysThatTheServerIsBusy() {
        App app = App.of(REALM.realm(), client -> client.put("consentRequired", true));
        REALM.realm().admin().updateIdentityProvider(ALIAS, provider -> provider.withObject("/config")
                .put("exchangeClients", Suite.SPA + "##" + app.clientId()));
        TokenRequest plain =
                REALM.realm().tokens().exchange(ALIAS).as(app.clientId()).scope("openid");
        Answer asked = app.continuable(Tokens.of(plain, RealHosts.providers(), ALIAS, member()))
                .send();
        assertThat(asked.errorReason()).as(asked.body()).isEqualTo("consent");
        String link = asked.text("interaction_uri");
        configure("getUserById", Fault.CONNECTION_LOST.name());

        HttpResponse<String> lost = new Visitor().get(link);

        configure("", "");
        assertThat(lost.statusCode()).as(lost.body()).isEqualTo(503);
        assertThat(lost.headers().firstValue("Retry-After")).isPresent();
        HttpResponse<String> mended = new Visitor().get(link);
        assertThat(mended.statusCode()).as(mended.body()).isEqualTo(200);
    }

    private static Person member() {
        String name = Suite.unique(Directory.MEMBER);
        Person member = RealHosts.providers()
                .people()
                .add(Person.unknown("Zoë").withUsername(name).withEmail(name + "@example.org", true));
        REALM.realm()
                .admin()
                .post(
                        "/users/f:%s:%s/federated-identity/%s".formatted(DIRECTORY, name, ALIAS),
                        Map.of("userId", member.id(), "userName", name));
        return member;
    }

    private static void configure(String at, String fault) {
        String path = "/components/" + DIRECTORY;
        ObjectNode component = (ObjectNode) REALM.realm().admin().get(path);
        ObjectNode config = component.withObject("/config");
        config.putArray(Directory.AT).add(at);
        config.putArray(Directory.FAULT).add(fault);
        REALM.realm().admin().put(path, component);
    }

    private static void assertMended(TokenRequest request) {
        Answer answer = request.send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
