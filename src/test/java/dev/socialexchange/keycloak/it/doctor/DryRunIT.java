package dev.socialexchange.keycloak.it.doctor;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.RealmContents;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An administrator tries an exchange: told what would come of it and why, and nothing does. */
@OlderKeycloakOnDemand
class DryRunIT {
    private static final String READY_FLOW = "social exchange first login";

    private static OwnRealm realm;
    private static App app;
    private static RealmAdmin admin;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        app = App.of(realm);
        admin = RealmAdmin.of(realm, "view-identity-providers", "view-users");
    }

    private static JsonNode last(Answer answer) {
        JsonNode steps = answer.json().path("steps");
        return steps.get(steps.size() - 1);
    }

    private static List<String> names(Answer answer) {
        return StreamSupport.stream(answer.json().path("steps").spliterator(), false)
                .map(step -> step.path("name").asText())
                .toList();
    }

    private static String outcome(Answer answer) {
        return answer.json().path("verdict").path("outcome").asText();
    }

    @Test
    void goodTokenShowsEveryStepAndTheClaimsThatItWouldHaveGiven() {
        String alias = app.provider("acme");
        Person person = Suite.newPerson();

        Answer told = admin.dryRun(alias, app.plainRequest(alias, person));

        assertThat(outcome(told)).as(told.body()).isEqualTo("tokens");
        assertThat(told.json().path("verdict").path("user_created").asBoolean()).isTrue();
        assertThat(told.json().at("/verdict/claims/access_token/email").asText())
                .isEqualTo(person.email());
        assertThat(names(told))
                .containsSubsequence(
                        "parameters",
                        "provider_open",
                        "client_allowed",
                        "token_kind",
                        "token_form",
                        "issuer",
                        "algorithm",
                        "signing_key",
                        "signature",
                        "audience",
                        "expiry",
                        "age",
                        "nonce",
                        "identity",
                        "first_login_flow",
                        "flow_step",
                        "link",
                        "required_actions",
                        "tokens");
        assertThat(told.json().path("steps"))
                .allSatisfy(step -> assertThat(step.path("verdict").asText()).isEqualTo("ok"));
    }

    @Test
    void refusedTokenEndsAtTheStepThatRefusedIt() {
        String alias = app.provider("acme");
        String token = ProviderTokens.openId("acme").idToken("another-app", Suite.newPerson());

        Answer told = admin.dryRun(alias, realm.request(app.clientId(), alias, TokenType.ID_TOKEN, token));

        assertThat(told.json().at("/verdict/error_reason").asText()).isEqualTo("token_for_another_app");
        JsonNode step = last(told);
        assertThat(step.path("name").asText()).isEqualTo("audience");
        assertThat(step.path("verdict").asText()).isEqualTo("refused");
        assertThat(step.path("expected").asText()).contains("acme-client");
        assertThat(step.path("found").asText()).contains("another-app");
        assertThat(step.at("/setting/key").asText()).isEqualTo("exchangeAudience");
        assertThat(step.at("/setting/label").asText()).isEqualTo("Token exchange: further client IDs");
        assertThat(step.path("advice").asText()).contains("another client ID");
    }

    @Test
    void callsAreToldWithTheirHostAndOutcome() {
        String alias = app.provider("github");

        Answer told = admin.dryRun(
                alias, realm.request(app.clientId(), alias, TokenType.ACCESS_TOKEN, "gho_" + "x".repeat(36)));

        assertThat(told.json().at("/verdict/error_reason").asText()).isEqualTo("token_invalid");
        JsonNode call = last(told).path("calls").get(0);
        assertThat(call.path("host").asText()).startsWith("localhost");
        assertThat(call.path("outcome").asText()).isEqualTo("4xx");
    }

    @Test
    void manyTriesOfOnePersonLeaveNothingInTheRealm() {
        String alias = app.provider("acme");
        Person person = Suite.newPerson();
        TokenRequest request = app.plainRequest(alias, person);
        admin.dryRun(alias, request); // caches are warm afterwards
        RealmContents before = RealmContents.of(realm);

        for (int i = 0; i < 200; i++) {
            assertThat(outcome(admin.dryRun(alias, request))).isEqualTo("tokens");
        }

        assertThat(RealmContents.of(realm).changes(before)).isEmpty();
        assertThat(realm.linked(alias, person)).isEmpty();
        assertThat(realm.admin().usersByEmail(person.email())).isEmpty();
        Answer real = request.send();
        assertTokens(real);
        assertThat(real.json().path("user_created").asBoolean()).isTrue();
    }

    @Test
    void tokenAndNonceThatWereTriedAreStillGood() {
        String alias = app.provider("acme", copy -> copy.withObject("/config")
                .put("exchangeSingleUse", "true")
                .put("exchangeNonce", "optional"));
        TokenRequest request = app.plainRequest(alias, Suite.newPerson());

        assertThat(outcome(admin.dryRun(alias, request))).isEqualTo("tokens");
        assertTokens(request.send());
        Answer again = admin.dryRun(alias, request);
        assertThat(again.json().at("/verdict/error_reason").asText()).isEqualTo("token_replayed");
        assertRefused(request.send(), 400, "invalid_request", "token_replayed");
    }

    @Test
    void bruteForceCountOfAKnownUserStaysAsItIs() {
        OwnRealm locking = OwnRealm.create(settings -> settings.put("bruteForceProtected", true));
        App front = App.of(locking);
        String alias = front.provider("acme");
        Person person = Suite.newPerson();
        String id = front.login(alias, person);
        String name = locking.admin().user(id).path("username").asText();
        locking.tokens().password(name, "wrong").as("admin-cli").send();
        String failures = "/attack-detection/brute-force/users/" + id;
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (locking.admin().get(failures).path("numFailures").asInt() == 0) {
            assertThat(System.nanoTime()).as("time to count a failure").isLessThan(end);
            Thread.onSpinWait();
        }

        Answer told =
                RealmAdmin.of(locking, "view-identity-providers").dryRun(alias, front.plainRequest(alias, person));

        assertThat(outcome(told)).isEqualTo("tokens");
        assertThat(locking.admin().get(failures).path("numFailures").asInt()).isEqualTo(1);
    }

    @Test
    void linkThatWouldBeToldByMailIsNeitherMadeNorTold() {
        try (Mailbox mailbox = Mailbox.open()) {
            OwnRealm mailing = OwnRealm.create(settings -> settings.putPOJO("smtpServer", mailbox.settings()));
            App front = App.of(mailing);
            String alias = front.provider("acme", copy -> copy.put("firstBrokerLoginFlowAlias", READY_FLOW));
            Person person = Suite.newPerson();
            String owner = mailing.user(Suite.unique("owner"), person.email(), user -> {});

            Answer told = RealmAdmin.of(mailing, "view-identity-providers", "view-users")
                    .dryRun(alias, front.plainRequest(alias, person));

            assertThat(outcome(told)).as(told.body()).isEqualTo("tokens");
            assertThat(names(told)).contains("link");
            assertThat(mailing.link(owner, alias)).isEmpty();
            assertThat(mailbox.recipients()).isEmpty();
            assertTokens(front.plainRequest(alias, person).send());
            assertThat(mailbox.next(person.email()))
                    .as("what the real one sends")
                    .contains("has been linked");
        }
    }

    @Test
    void codeIsUsedUpOnlyWhereTheAdministratorSaysSo() {
        String alias = app.provider("acme");
        TokenRequest code = realm.request(app.clientId(), alias, TokenType.AUTHORIZATION_CODE, "some-code")
                .param("redirect_uri", "https://app.example/callback")
                .param("code_verifier", "v".repeat(43));

        Answer told = admin.dryRun(alias, code);
        assertThat(outcome(told)).isEqualTo("not_tried");
        assertThat(told.json().at("/verdict/error_description").asText()).contains("use_code=true");

        assertThat(admin.dryRun(alias, code, "use_code", "true").status()).isEqualTo(403);
        Answer tried = RealmAdmin.of(realm, "manage-identity-providers").dryRun(alias, code, "use_code", "true");
        assertThat(tried.json().at("/verdict/error_reason").asText()).isEqualTo("token_invalid");
        assertThat(last(tried).path("name").asText()).isEqualTo("code");
    }

    @Test
    void whoMayNotSeeUsersSeesNobody() {
        String alias = app.provider("acme");
        Person person = Suite.newPerson();

        Answer told = RealmAdmin.of(realm, "view-identity-providers").dryRun(alias, app.plainRequest(alias, person));

        assertThat(outcome(told)).as(told.body()).isEqualTo("tokens");
        assertThat(told.body())
                .doesNotContain(person.email())
                .doesNotContain(person.id())
                .doesNotContain(person.username());
        assertThat(told.json().at("/verdict/claims/access_token/azp").asText()).isEqualTo(app.clientId());
        assertThat(told.json().at("/verdict/claims/access_token/sub").asText()).isEqualTo("(hidden)");
    }

    @Test
    void administratorsLanguageIsSpoken() {
        String alias = app.provider("acme");
        String token = ProviderTokens.openId("acme").idToken("another-app", Suite.newPerson());

        Answer told = admin.request("providers/" + alias + "/dry-run")
                .header("Accept-Language", "de-AT,de;q=0.9")
                .form("client_id", app.clientId())
                .form("subject_token", token)
                .form("subject_token_type", TokenType.ID_TOKEN)
                .send();

        assertThat(last(told).path("title").asText()).isEqualTo("App, für die das Token ist");
        assertThat(last(told).path("advice").asText()).contains("andere Client-ID");
    }

    @Test
    void requestThatNamesNothingIsTold() {
        assertThat(admin.request("providers/nobody/dry-run")
                        .form("client_id", app.clientId())
                        .send()
                        .status())
                .isEqualTo(404);
        String alias = app.provider("acme");
        assertThat(admin.request("providers/" + alias + "/dry-run").send().status())
                .isEqualTo(400);
        assertThat(admin.request("providers/" + alias + "/dry-run")
                        .form("client_id", "nobody")
                        .send()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void noAnswerHoldsATokenASecretOrAnAddress() {
        String alias = app.provider("acme");
        RealmAdmin looking = RealmAdmin.of(realm, "view-identity-providers");
        Random random = new Random(20261129);
        for (int i = 0; i < 1000; i++) {
            Person person = Suite.newPerson();
            String token = ProviderTokens.openId("acme")
                    .idToken(random.nextInt(3) == 0 ? "another-app" : "acme-client", person);
            String sent = random.nextInt(3) == 0 ? damaged(token, random) : token;
            Answer told = looking.dryRun(
                    alias,
                    realm.request(app.clientId(), alias, TokenType.ID_TOKEN, sent)
                            .param("nonce", "nonce-" + i));
            assertThat(told.body())
                    .doesNotContain(sent)
                    .doesNotContain(token.substring(token.lastIndexOf('.') + 1))
                    .doesNotContain("acme-secret")
                    .doesNotContain("nonce-" + i)
                    .doesNotContain(person.email())
                    .doesNotContainPattern("eyJ[A-Za-z0-9_-]{8}");
        }
    }

    private static String damaged(String token, Random random) {
        int at = random.nextInt(token.length());
        return token.substring(0, at) + "A" + token.substring(Math.min(token.length(), at + 1 + random.nextInt(3)));
    }

    @Test
    void administratorsSeeThatSomebodyHasLooked() {
        realm.admin().updateRealm(settings -> settings.put("adminEventsEnabled", true));
        String alias = app.provider("acme");

        admin.dryRun(alias, app.plainRequest(alias, Suite.newPerson()));

        assertThat(realm.admin().get("/admin-events?operationTypes=ACTION&resourceTypes=IDENTITY_PROVIDER"))
                .anySatisfy(event -> assertThat(event.path("resourcePath").asText())
                        .isEqualTo("social-exchange/providers/" + alias + "/dry-run"));
    }

    @Test
    void nobodyWithoutThePermissionGetsAnything() {
        String alias = app.provider("acme");
        TokenRequest request = app.plainRequest(alias, Suite.newPerson());
        OwnRealm other = OwnRealm.create();
        Map<String, RealmAdmin> nobodies = Map.of(
                "nobody at all", new RealmAdmin(realm, ""),
                "a user of the realm", RealmAdmin.of(realm),
                "who may see users", RealmAdmin.of(realm, "view-users", "query-clients"),
                "who may see clients and events", RealmAdmin.of(realm, "view-clients", "view-events", "view-realm"),
                "another realm's administrator",
                        RealmAdmin.of(other, "realm-admin").lookingAt(realm),
                "a service account without roles", RealmAdmin.service(realm));

        nobodies.forEach((who, nobody) -> {
            Answer answer = nobody.dryRun(alias, request);
            assertThat(answer.status()).as(who).isIn(401, 403);
            assertThat(answer.body()).as(who).doesNotContain("steps", "acme");
        });
        for (RealmAdmin somebody :
                List.of(RealmAdmin.service(realm, "view-identity-providers"), RealmAdmin.of(realm, "realm-admin"))) {
            assertThat(somebody.dryRun(alias, request).status()).isEqualTo(200);
        }
    }

    @Test
    void fineGrainedPermissionsOpenNothingFurther() {
        OwnRealm fine = OwnRealm.create(settings -> settings.put("adminPermissionsEnabled", true));
        App front = App.of(fine);
        String alias = front.provider("acme");
        Person person = Suite.newPerson();
        TokenRequest request = front.plainRequest(alias, person);

        assertThat(RealmAdmin.of(fine, "view-users").dryRun(alias, request).status())
                .isEqualTo(403);
        Answer told = RealmAdmin.of(fine, "view-identity-providers").dryRun(alias, request);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.body()).doesNotContain(person.email());
    }
}
