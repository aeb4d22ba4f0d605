package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.WaitingLogin;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the realm says so, an account that somebody set up under a foreign address goes to the owner of the address. */
class TakeoverIT {
    private static final String READY_FLOW = "social exchange first login";
    private static final String CLIENT = "passwords";
    private static final Pattern LINK = Pattern.compile("http://\\S+/login-actions/action-token\\S+");

    private static Mailbox mailbox;
    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        mailbox = Mailbox.open();
        realm = OwnRealm.create(settings -> {
            settings.putPOJO("smtpServer", mailbox.settings());
            settings.withArray("/clients")
                    .addObject()
                    .put("clientId", CLIENT)
                    .put("publicClient", true)
                    .put("directAccessGrantsEnabled", true);
            settings.withArray("/authenticatorConfig").forEach(config -> {
                if (config.path("config").has("linkUnverified")) {
                    ((ObjectNode) config.path("config")).put("linkUnverified", "take-over");
                }
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"exchange", "browser"})
    void nothingThatOpenedTheAccountBeforeOpensItAfterwards(String way) {
        Person person = Suite.newPerson();
        String squatter = squatter(person);
        Answer online = password(squatter, "openid");
        Answer offline = password(squatter, "openid offline_access");
        String user = online.claims().path("sub").asText();
        assertThat(offline.status()).isEqualTo(200);
        realm.admin().put("/users/" + user + "/execute-actions-email", List.of("UPDATE_PASSWORD"));
        String mailed = link(mailbox.next(person.email()));
        realm.admin()
                .updateUser(user, account -> account.putArray("requiredActions").add("UPDATE_PASSWORD"));
        String alias = realm.providerWithFirstFlow("acme", READY_FLOW);

        Answer answer = way.equals("exchange")
                ? realm.login(alias, person)
                : new BrowserLogin(realm.tokens(), Suite.providers().url()).signIn(Suite.SPA, alias, person.id());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.claims().path("sub").asText()).isEqualTo(user);
        assertThat(realm.admin().user(user).path("emailVerified").asBoolean()).isTrue();
        assertThat(realm.admin().user(user).path("requiredActions")).isEmpty();
        assertThat(realm.admin().get("/users/" + user + "/credentials")).isEmpty();
        assertThat(realm.admin().get("/users/" + user + "/consents").findValuesAsText("clientId"))
                .isEmpty();
        JsonNode links = realm.admin().federatedIdentities(user);
        assertThat(links).hasSize(1);
        assertThat(links.path(0).path("userId").asText()).isEqualTo(person.id());
        assertThat(realm.admin().sessions(user)).as("that of the login itself").hasSize(1);
        assertThat(realm.admin().offlineSessions(user, CLIENT)).isEmpty();
        assertThat(refresh(online)).isEqualTo(400);
        assertThat(refresh(offline)).isEqualTo(400);
        assertThat(password(squatter, "openid").status()).isNotEqualTo(200);
        assertThat(open(mailed)).contains("expired").doesNotContain("Perform the following action");
        assertThat(mailbox.next(person.email())).contains("has been linked");
        realm.login(alias, person);
    }

    /** The squatter has asked a provider to have the account forgotten, and waits for somebody to own it. */
    @Test
    void requestToBeForgottenFromBeforeIsClosed() {
        Person person = Suite.newPerson();
        String user = realm.admin()
                .userByUsername(squatter(person))
                .orElseThrow()
                .path("id")
                .asText();
        Person squatter = Suite.newPerson();
        String telling = realm.provider(
                "acme",
                Map.of(
                        "exchangeSignals",
                        "enforce",
                        "exchangeSignalsGrace",
                        "7",
                        "exchangeSignalsPolicy",
                        "[{\"key\":\"account-disabled\",\"value\":\"request-deletion\"}]"));
        realm.admin()
                .post(
                        "/users/" + user + "/federated-identity/" + telling,
                        Map.of("identityProvider", telling, "userId", squatter.id(), "userName", "squatter"));
        SignalPost.post(
                realm,
                telling,
                SignalPost.token(
                        squatter,
                        SignalPost.RISC + "account-disabled",
                        Instant.now().getEpochSecond(),
                        claims -> {}));
        RealmAdmin admin = RealmAdmin.of(realm, "manage-users");
        assertThat(waiting(admin)).contains(user);

        realm.login(realm.providerWithFirstFlow("acme", READY_FLOW), person);

        assertThat(waiting(admin)).doesNotContain(user);
        JsonNode event = realm.admin()
                .events("type=REVOKE_GRANT&max=1&user=" + user)
                .path(0)
                .path("details");
        assertThat(event.path("outcome").asText()).isEqualTo("deletion_request_closed");
        assertThat(event.path("reason").asText()).isEqualTo("taken_over");
    }

    private static List<String> waiting(RealmAdmin admin) {
        return admin.request("signals/deletions").method("GET").send().json().findValuesAsText("user_id");
    }

    @Test
    void loginThatWaitsOnAPageMeanwhileComesToNothing() {
        Person person = Suite.newPerson();
        WaitingLogin taken = waiting(squatter(person));
        String untouchedUser = squatter(Suite.newPerson());
        WaitingLogin untouched = waiting(untouchedUser);

        realm.login(realm.providerWithFirstFlow("acme", READY_FLOW), person);
        require(untouchedUser, List.of());

        assertThat(taken.goOn().status()).isEqualTo(400);
        assertThat(untouched.goOn().status()).isEqualTo(200);
    }

    private static WaitingLogin waiting(String username) {
        require(username, List.of("UPDATE_PASSWORD"));
        return WaitingLogin.start(realm.tokens(), username, "squatted");
    }

    private static void require(String username, List<String> actions) {
        String id =
                realm.admin().userByUsername(username).orElseThrow().path("id").asText();
        realm.admin().updateUser(id, user -> user.putPOJO("requiredActions", actions));
    }

    @Test
    void linksInMailsWorkForEverybodyElse() {
        Person person = Suite.newPerson();
        String user = realm.user(Suite.unique("user"), person.email(), account -> {});

        realm.admin().put("/users/" + user + "/execute-actions-email", List.of("UPDATE_PASSWORD"));

        assertThat(open(link(mailbox.next(person.email())))).contains("Perform the following action");
    }

    @Test
    void administratorsAccountIsNotTakenOver() {
        Person person = Suite.newPerson();
        String user = realm.user(Suite.unique("admin"), person.email(), account -> account.put("emailVerified", false));
        String management = realm.admin().clientUuid("realm-management");
        JsonNode role = realm.admin().get("/clients/" + management + "/roles/realm-admin");
        realm.admin().post("/users/" + user + "/role-mappings/clients/" + management, List.of(role));
        String alias = realm.providerWithFirstFlow("acme", READY_FLOW);

        realm.assertAsksForInteraction(alias, person, "account_exists");

        assertThat(realm.admin().user(user).path("emailVerified").asBoolean()).isFalse();
    }

    @Test
    void takesNothingOverForAnAddressThatNobodyVouchesFor() {
        Person person = Suite.newPerson();
        String squatter = squatter(person);
        String alias = realm.providerWithFirstFlow("acme", READY_FLOW);

        realm.assertAsksForInteraction(alias, person.withEmail(person.email(), false), "login_required");

        assertThat(password(squatter, "openid").status()).isEqualTo(200);
    }

    @Test
    void refusedAttemptTakesNothingAway() {
        Person person = Suite.newPerson();
        String squatter = squatter(person);
        String flow = realm.flow();
        String step = realm.admin().addExecution(flow, "social-exchange-link-by-email");
        realm.admin().configureExecution(step, Suite.unique("link"), Map.of("linkUnverified", "take-over"));
        realm.admin().addExecution(flow, "deny-access-authenticator");
        String refresh = password(squatter, "openid").refreshToken();

        realm.assertRefuses(realm.providerWithFirstFlow("acme", flow), person, 403, "access_denied", "denied_by_flow");

        assertThat(password(squatter, "openid").status()).isEqualTo(200);
        assertThat(realm.tokens().refresh(refresh).as(CLIENT).send().status()).isEqualTo(200);
    }

    /** Has a password, a one-time password, an external account and a consent; answers the username. */
    private static String squatter(Person person) {
        String name = Suite.unique("squatter");
        Map<String, Object> user = Map.of(
                "username",
                name,
                "email",
                person.email(),
                "emailVerified",
                false,
                "enabled",
                true,
                "firstName",
                "Local",
                "lastName",
                "User",
                "credentials",
                List.of(Map.of("type", "password", "value", "squatted")),
                "federatedIdentities",
                List.of(Map.of("identityProvider", "github", "userId", Suite.unique("7"), "userName", name)),
                "realmRoles",
                List.of("default-roles-" + realm.name()),
                "clientConsents",
                List.of(Map.of("clientId", "demo-spa", "grantedClientScopes", List.of("profile"))));
        realm.admin().post("/partialImport", Map.of("ifResourceExists", "FAIL", "users", List.of(user)));
        return name;
    }

    private static Answer password(String username, String scope) {
        return realm.tokens()
                .password(username, "squatted")
                .as(CLIENT)
                .scope(scope)
                .send();
    }

    private static int refresh(Answer tokens) {
        return realm.tokens().refresh(tokens.refreshToken()).as(CLIENT).send().status();
    }

    private static String link(String message) {
        Matcher link = LINK.matcher(message);
        assertThat(link.find()).as(message).isTrue();
        return link.group();
    }

    /** The page that a link in a mail leads to. */
    private static String open(String link) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
