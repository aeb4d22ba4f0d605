package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What refuses after a first-login flow has come to its end takes back what the flow did. */
class RefusedFirstLoginIT {
    private static final String PASSWORD = "the owner's own";

    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
    }

    @Test
    void postLoginFlowThatDeniesLeavesNoNewUser() {
        String alias = postLogin("deny-access-authenticator", "acme", copy -> {});

        realm.assertRefuses(alias, Suite.newPerson(), 403, "access_denied", "denied_by_flow");
        assertNoEvents(alias, "REGISTER");
    }

    @Test
    void allowListOfThePostLoginFlowLeavesNoNewUser() {
        String flow = Suite.unique("flow");
        realm.admin().createFlow(flow);
        String step = realm.admin().addExecution(flow, "social-exchange-allow-list");
        realm.admin().configureExecution(step, Suite.unique("list"), Map.of("allowListAddresses", "elsewhere.example"));
        String alias = realm.provider("acme", copy -> copy.put("postBrokerLoginFlowAlias", flow));

        realm.assertRefuses(alias, Suite.newPerson(), 403, "access_denied", "not_on_allow_list");
    }

    @Test
    void postLoginFlowThatDeniesLeavesNoLinkToAnExistingAccount() {
        String alias = postLogin(
                "deny-access-authenticator", "acme", copy -> copy.put("firstBrokerLoginFlowAlias", linking("refuse")));
        Person person = Suite.newPerson();
        String owner = owner(person, true);

        realm.assertRefuses(alias, person, 403, "access_denied", "denied_by_flow");

        assertThat(realm.admin().federatedIdentities(owner)).isEmpty();
        assertNoEvents(alias, "FEDERATED_IDENTITY_LINK");
    }

    @Test
    void postLoginFlowThatDeniesUndoesATakeover() {
        String alias = postLogin(
                "deny-access-authenticator",
                "acme",
                copy -> copy.put("firstBrokerLoginFlowAlias", linking("take-over")));
        Person person = Suite.newPerson();
        String owner = owner(person, false);
        Answer session = password(person).send();
        JsonNode before = realm.admin().user(owner);

        realm.assertRefuses(alias, person, 403, "access_denied", "denied_by_flow");

        assertThat(realm.admin().user(owner)).isEqualTo(before);
        assertThat(password(person).send().status()).isEqualTo(200);
        assertThat(realm.tokens()
                        .refresh(session.refreshToken())
                        .as(passwordClient())
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void audienceThatTheNewUserDoesNotReachLeavesNoUser() {
        String api = Suite.unique("api");
        realm.admin().createClient(Map.of("clientId", api));
        Person person = Suite.newPerson();
        OwnRealm.Traces before = realm.traces();

        Answer answer = realm.request("acme", person).param("audience", api).send();

        realm.assertRefused(answer, 400, "invalid_target", "audience_invalid", before, List.of("acme/" + person.id()));
    }

    @Test
    void missingCertificateLeavesNoUser() {
        String client = Suite.unique("bound");
        realm.admin()
                .createClient(Map.of(
                        "clientId",
                        client,
                        "publicClient",
                        true,
                        "attributes",
                        Map.of("tls.client.certificate.bound.access.tokens", "true")));
        String alias = realm.provider("acme", Map.of("exchangeClients", client));
        Person person = Suite.newPerson();
        OwnRealm.Traces before = realm.traces();

        Answer answer = realm.request(client, alias, person).send();

        realm.assertRefused(
                answer, 400, "invalid_request", "parameter_invalid", before, List.of(alias + "/" + person.id()));
    }

    @Test
    void offlineAccessThatTheNewUserMayNotHaveLeavesNoUser() {
        OwnRealm strict = OwnRealm.create();
        strict.admin().delete("/roles/offline_access");
        Person person = Suite.newPerson();
        OwnRealm.Traces before = strict.traces();

        Answer answer = Tokens.of(
                        strict.tokens().exchange("acme").as(Suite.SPA).scope("offline_access"),
                        Suite.providers(),
                        "acme",
                        person)
                .send();

        strict.assertRefused(answer, 400, "invalid_scope", "scope_invalid", before, List.of("acme/" + person.id()));
    }

    @Test
    void userStaysWhereOnlyThePersonIsNeeded() {
        String alias = postLogin("auth-otp-form", "acme", copy -> {});
        Person person = Suite.newPerson();

        Answer answer = realm.exchange(alias, person);

        assertThat(answer.errorReason()).as(answer.body()).isEqualTo("second_factor");
        assertThat(realm.linked(alias, person)).hasSize(1);
        String user = realm.linked(alias, person).path(0).path("id").asText();
        assertThat(realm.admin().sessions(user)).isEmpty();
        assertThat(realm.admin().user(user).path("requiredActions")).isEmpty();
    }

    private static String postLogin(String step, String like, Consumer<ObjectNode> more) {
        String flow = realm.flow(step);
        return realm.provider(like, copy -> {
            copy.put("postBrokerLoginFlowAlias", flow);
            more.accept(copy);
        });
    }

    private static String linking(String unverified) {
        String flow = Suite.unique("flow");
        realm.admin().createFlow(flow);
        String step = realm.admin().addExecution(flow, "social-exchange-link-by-email");
        realm.admin()
                .configureExecution(
                        step, Suite.unique("link"), Map.of("linkUnverified", unverified, "linkNotify", "true"));
        return flow;
    }

    private static String owner(Person person, boolean verified) {
        return realm.user(person.username(), person.email(), user -> user.put("emailVerified", verified)
                .putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", PASSWORD));
    }

    private static TokenRequest password(Person person) {
        return realm.tokens().password(person.username(), PASSWORD).as(passwordClient());
    }

    private static String passwordClient() {
        String client = "password-client";
        if (realm.admin().client(client).isEmpty()) {
            realm.admin()
                    .createClient(Map.of("clientId", client, "publicClient", true, "directAccessGrantsEnabled", true));
        }
        return client;
    }

    private static void assertNoEvents(String alias, String type) {
        realm.admin().events("type=" + type + "&max=20").forEach(event -> assertThat(
                        event.path("details").path("identity_provider").asText())
                .isNotEqualTo(alias));
    }
}
