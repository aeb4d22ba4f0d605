package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Refusals;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the realm wants of somebody whom it knows by now: the user stays, but gets no tokens. */
class AfterLoginIT {
    private static final String OTP_SECRET = "{\"value\":\"GR2XSZJWO4YHMMLN\"}";
    private static final String OTP_SETTINGS =
            "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}";

    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
    }

    @Test
    void asksForTheSecondFactorThatThePostLoginFlowWants() {
        String alias = providerWithPostFlow("auth-otp-form");
        Person person = Suite.newPerson();
        String user = linkedUser(realm, alias, person);
        realm.admin().updateUser(user, AfterLoginIT::addOtp);

        refusesAndKeeps(realm, alias, person, "second_factor", user);
    }

    @Test
    void asksToSetUpTheSecondFactorThatThePostLoginFlowWants() {
        String alias = providerWithPostFlow("auth-otp-form");
        Person person = Suite.newPerson();

        Refusals.assertRefused(realm.exchange(alias, person), 400, "interaction_required", "second_factor");

        String user = realm.linked(alias, person).path(0).path("id").asText();
        refusesAndKeeps(realm, alias, person, "second_factor", user);
        assertThat(realm.admin().user(user).path("requiredActions"))
                .as("the action was the refused session's")
                .isEmpty();
    }

    @Test
    void runsPostLoginFlowThatAsksForNothing() {
        String alias = providerWithPostFlow("allow-access-authenticator");

        realm.login(alias, Suite.newPerson());
    }

    @Test
    void refusesWhomThePostLoginFlowDenies() {
        String alias = providerWithPostFlow("deny-access-authenticator");
        Person person = Suite.newPerson();
        String user = linkedUser(realm, alias, person);
        OwnRealm.Traces before = realm.traces();

        Answer answer = realm.exchange(alias, person);

        realm.assertRefused(answer, 403, "access_denied", "denied_by_flow", before, List.of());
        assertThat(realm.link(user, alias)).isPresent();
    }

    @Test
    void refusesWhoHasAsManySessionsAsTheFlowAllows() {
        String flow = Suite.unique("flow");
        realm.admin().createFlow(flow);
        String step = realm.admin().addExecution(flow, "user-session-limits");
        realm.admin()
                .configureExecution(
                        step,
                        Suite.unique("limit"),
                        Map.of("behavior", "Deny new session", "userRealmLimit", "1", "userClientLimit", "0"));
        App app = App.of(realm);
        String alias = app.provider("acme", copy -> copy.put("postBrokerLoginFlowAlias", flow));
        Person person = Suite.newPerson();
        app.login(alias, person);
        OwnRealm.Traces before = realm.traces();

        Answer answer = app.request(alias, person).send();

        realm.assertRefused(answer, 403, "access_denied", "session_limit_reached", before, List.of());
        assertThat(answer.text("interaction_uri")).as("a browser leads nowhere").isEmpty();
    }

    @Test
    void asksForTheRequiredActionOfTheUser() {
        Person person = Suite.newPerson();
        String user = linkedUser(realm, "acme", person);
        realm.admin()
                .updateUser(user, account -> account.putArray("requiredActions").add("UPDATE_PASSWORD"));

        refusesAndKeeps(realm, "acme", person, "required_action", user);
        assertThat(realm.admin().user(user).path("requiredActions").toString()).contains("UPDATE_PASSWORD");
    }

    @Test
    void ignoresRequiredActionThatTheRealmHasSwitchedOff() {
        OwnRealm own = OwnRealm.create();
        requiredAction(own, "UPDATE_PASSWORD", action -> action.put("enabled", false));
        Person person = Suite.newPerson();
        String user = linkedUser(own, "acme", person);
        own.admin()
                .updateUser(user, account -> account.putArray("requiredActions").add("UPDATE_PASSWORD"));

        own.login("acme", person);
    }

    @Test
    void asksNewUsersForTheRealmsDefaultActions() {
        OwnRealm own = OwnRealm.create();
        requiredAction(own, "CONFIGURE_TOTP", action -> action.put("defaultAction", true));
        Person person = Suite.newPerson();

        Refusals.assertRefused(own.exchange("acme", person), 400, "interaction_required", "second_factor");

        assertThat(own.linked("acme", person)).hasSize(1);
        assertThat(own.sessions()).isZero();
    }

    @Test
    void asksNewUsersForTheTerms() {
        OwnRealm own = OwnRealm.create();
        requiredAction(own, "TERMS_AND_CONDITIONS", action -> action.put("enabled", true)
                .put("defaultAction", true));
        Person person = Suite.newPerson();

        Refusals.assertRefused(own.exchange("acme", person), 400, "interaction_required", "required_action");

        assertThat(own.linked("acme", person)).hasSize(1);
        assertThat(own.sessions()).isZero();
    }

    @Test
    void asksForConsentThatIsMissing() {
        String client = consentingClient();
        Person person = Suite.newPerson();
        String alias = realm.provider("acme", Map.of("exchangeClients", client));

        Answer first = realm.request(client, alias, person).send();
        Answer second = realm.request(client, alias, person).send();

        Refusals.assertRefused(first, 400, "interaction_required", "consent");
        Refusals.assertRefused(second, 400, "interaction_required", "consent");
        assertThat(realm.linked(alias, person)).hasSize(1);
        String user = realm.linked(alias, person).path(0).path("id").asText();
        assertThat(realm.admin().sessions(user)).isEmpty();
        assertThat(realm.admin().get("/users/" + user + "/consents")).isEmpty();
    }

    @Test
    void acceptsConsentThatWasGranted() {
        String client = consentingClient();
        Person person = Suite.newPerson();
        String alias = realm.provider("acme", Map.of("exchangeClients", client));
        importWithConsent(client, alias, person, "profile", "email", "roles");

        Answer answer = realm.request(client, alias, person).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("user_created").asBoolean()).isFalse();
    }

    @Test
    void asksAgainWhenConsentCoversOnlyPartOfTheScope() {
        String client = consentingClient();
        Person person = Suite.newPerson();
        String alias = realm.provider("acme", Map.of("exchangeClients", client));
        importWithConsent(client, alias, person, "profile");

        Refusals.assertRefused(realm.request(client, alias, person).send(), 400, "interaction_required", "consent");
    }

    private static void refusesAndKeeps(OwnRealm in, String alias, Person person, String reason, String user) {
        OwnRealm.Traces before = in.traces();

        Answer answer = in.exchange(alias, person);

        in.assertRefused(answer, 400, "interaction_required", reason, before, List.of());
        assertThat(in.link(user, alias)).isPresent();
    }

    private static String providerWithPostFlow(String authenticator) {
        String flow = realm.flow(authenticator);
        return realm.provider("acme", copy -> copy.put("postBrokerLoginFlowAlias", flow));
    }

    private static String linkedUser(OwnRealm in, String alias, Person person) {
        String user = in.user(person.username(), person.email(), account -> {});
        in.admin()
                .post(
                        "/users/" + user + "/federated-identity/" + alias,
                        Map.of("identityProvider", alias, "userId", person.id(), "userName", person.username()));
        return user;
    }

    private static void addOtp(ObjectNode user) {
        user.putArray("credentials")
                .addObject()
                .put("type", "otp")
                .put("secretData", OTP_SECRET)
                .put("credentialData", OTP_SETTINGS);
    }

    private static void requiredAction(OwnRealm in, String alias, Consumer<ObjectNode> change) {
        String path = "/authentication/required-actions/" + alias;
        ObjectNode action = (ObjectNode) in.admin().get(path);
        change.accept(action);
        in.admin().put(path, action);
    }

    private static String consentingClient() {
        String client = Suite.unique("consenting");
        realm.admin()
                .createClient(Map.of(
                        "clientId", client, "publicClient", true, "consentRequired", true, "redirectUris", List.of()));
        return client;
    }

    private static void importWithConsent(String client, String alias, Person person, String... scopes) {
        Map<String, Object> user = Map.of(
                "username",
                person.username(),
                "email",
                person.email(),
                "emailVerified",
                true,
                "enabled",
                true,
                "firstName",
                "Local",
                "lastName",
                "User",
                "federatedIdentities",
                List.of(Map.of("identityProvider", alias, "userId", person.id(), "userName", person.username())),
                "clientConsents",
                List.of(Map.of("clientId", client, "grantedClientScopes", List.of(scopes))));
        realm.admin().post("/partialImport", Map.of("ifResourceExists", "FAIL", "users", List.of(user)));
    }
}
