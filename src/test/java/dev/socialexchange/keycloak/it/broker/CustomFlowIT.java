package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The realm's own first-broker-login flows, run where nobody sees a page. */
class CustomFlowIT {
    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
    }

    @Test
    void linksAutomaticallyWhereTheFlowSaysSo() {
        String alias = realm.providerWithFirstFlow("acme", alternatives("idp-create-user-if-unique", "idp-auto-link"));
        Person person = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), person.email(), user -> {});

        Answer answer = realm.login(alias, person);

        assertThat(answer.json().path("user_created").asBoolean()).isFalse();
        assertThat(answer.claims().path("sub").asText()).isEqualTo(owner);
        assertThat(realm.link(owner, alias)).isPresent();
        assertThat(realm.admin().events("type=FEDERATED_IDENTITY_LINK&user=" + owner))
                .hasSize(1);
    }

    @Test
    void neverReplacesTheLinkOfAnotherAccountOfTheSameProvider() {
        String alias = realm.providerWithFirstFlow("acme", alternatives("idp-create-user-if-unique", "idp-auto-link"));
        Person first = Suite.newPerson();
        String user = realm.user(realm.login(alias, first)).path("id").asText();
        Person second = Suite.newPerson().withEmail(first.email(), true);

        realm.assertAsksForInteraction(alias, second, "login_required");

        assertThat(realm.link(user, alias).orElseThrow().path("userId").asText())
                .isEqualTo(first.id());
    }

    @Test
    void refusesEverybodyWhereTheFlowDeniesAccess() {
        String alias = realm.providerWithFirstFlow("acme", realm.flow("deny-access-authenticator"));

        realm.assertRefuses(alias, Suite.newPerson(), 403, "access_denied", "denied_by_flow");
    }

    @Test
    void deniesAfterCreatingUserAndKeepsNoneOfIt() {
        String alias = realm.providerWithFirstFlow(
                "acme", realm.flow("idp-create-user-if-unique", "deny-access-authenticator"));

        realm.assertRefuses(alias, Suite.newPerson(), 403, "access_denied", "denied_by_flow");
    }

    @Test
    void createsNobodyWhereTheFlowOnlyLooksForExistingUsers() {
        String alias =
                realm.providerWithFirstFlow("acme", realm.flow("idp-detect-existing-broker-user", "idp-auto-link"));
        Person known = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), known.email(), user -> {});

        realm.assertRefuses(alias, Suite.newPerson(), 403, "access_denied", "registration_disabled");

        assertThat(realm.login(alias, known).claims().path("sub").asText()).isEqualTo(owner);
    }

    @Test
    void asksForTheProfileWhereEverybodyHasToReviewIt() {
        String flow = realm.flow();
        String review = realm.admin().addExecution(flow, "idp-review-profile");
        realm.admin().configureExecution(review, Suite.unique("review"), Map.of("update.profile.on.first.login", "on"));
        realm.admin().addExecution(flow, "idp-create-user-if-unique");
        String alias = realm.providerWithFirstFlow("acme", flow);

        realm.assertAsksForInteraction(alias, Suite.newPerson(), "profile_incomplete");
    }

    @Test
    void knowsWhyUserIsNotUniqueWhereThatStepIsRequired() {
        String alias = realm.providerWithFirstFlow("acme", realm.flow("idp-create-user-if-unique"));
        Person person = Suite.newPerson();
        realm.user(Suite.unique("owner"), person.email(), user -> {});

        realm.assertAsksForInteraction(alias, person, "account_exists");
        realm.assertAsksForInteraction(alias, person.withEmail(person.email(), false), "login_required");
        realm.login(alias, Suite.newPerson());
    }

    @Test
    void tellsTheAdministratorWhereTheFlowHasOnlyConditions() {
        String flow = realm.flow();
        String inner = Suite.unique("conditional");
        realm.admin()
                .post(
                        "/authentication/flows/" + flow + "/executions/flow",
                        Map.of("alias", inner, "type", "basic-flow", "provider", "", "description", ""));
        JsonNode subflow = realm.admin().executions(flow).path(0);
        realm.admin()
                .updateExecution(
                        flow, subflow.path("id").asText(), execution -> execution.put("requirement", "CONDITIONAL"));
        realm.admin().addExecution(inner, "conditional-user-configured");
        String alias = realm.providerWithFirstFlow("acme", flow);

        realm.assertRefuses(alias, Suite.newPerson(), 403, "access_denied", "setup_faulty");
    }

    @Test
    void sendsNoMailWhereTheFlowVerifiesByMail() {
        try (Mailbox mailbox = Mailbox.open()) {
            OwnRealm mailing = OwnRealm.create(settings -> settings.putPOJO("smtpServer", mailbox.settings()));
            String alias = mailing.providerWithFirstFlow(
                    "acme", mailing.flow("idp-detect-existing-broker-user", "idp-email-verification"));
            Person person = Suite.newPerson();
            String owner = mailing.user(Suite.unique("owner"), person.email(), user -> {});

            mailing.assertAsksForInteraction(alias, person, "account_exists");
            mailing.assertAsksForInteraction("acme", person, "account_exists");

            assertThat(mailbox.recipients()).isEmpty();
            mailing.admin().put("/users/" + owner + "/execute-actions-email", List.of("VERIFY_EMAIL"));
            assertThat(mailbox.recipients()).as("that mail would have arrived").containsExactly(person.email());
        }
    }

    private static String alternatives(String... authenticators) {
        String flow = realm.flow(authenticators);
        realm.admin().executions(flow).forEach(step -> realm.admin()
                .updateExecution(
                        flow, step.path("id").asText(), execution -> execution.put("requirement", "ALTERNATIVE")));
        return flow;
    }
}
