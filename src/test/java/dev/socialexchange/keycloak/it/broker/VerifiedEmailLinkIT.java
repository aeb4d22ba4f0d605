package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.SilentMailServer;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An e-mail address opens an account only if both sides have proven it, and never one that matters more than a person's. */
class VerifiedEmailLinkIT {
    private static final String STEP = "social-exchange-link-by-email";
    private static final String READY_FLOW = "social exchange first login";

    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "partner", "github"})
    void linksTheAccountWhoseAddressBothSidesHaveVerified(String type) {
        String alias = realm.providerWithFirstFlow(type, READY_FLOW);
        Person person = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), person.email(), user -> {});

        Answer answer = realm.login(alias, person);

        assertThat(answer.claims().path("sub").asText()).isEqualTo(owner);
        assertThat(answer.json().path("user_created").asBoolean(true)).isFalse();
        assertThat(realm.link(owner, alias)).isPresent();
        assertThat(realm.admin().events("type=FEDERATED_IDENTITY_LINK&user=" + owner))
                .hasSize(1);
    }

    @Test
    void createsWhoeverIsNew() {
        Answer answer = realm.login(realm.providerWithFirstFlow("acme", READY_FLOW), Suite.newPerson());

        assertThat(answer.json().path("user_created").asBoolean()).isTrue();
    }

    @Test
    void unverifiedEmailMerge() {
        Person person = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), person.email(), user -> {});

        keeps(owner, "acme", person.withEmail(person.email(), false), "login_required");
        keeps(owner, "facebook", person, "login_required");
        keeps(owner, "google", person, "login_required"); // not Google's own domain
        keeps(owner, "legacy", person.withEmail(person.email(), false), "login_required");
    }

    @Test
    void untrustedProvidersWordCountsForNothing() {
        Person person = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), person.email(), user -> {});
        String alias = realm.provider(
                "acme", copy -> copy.put("trustEmail", false).put("firstBrokerLoginFlowAlias", READY_FLOW));

        realm.assertAsksForInteraction(alias, person, "account_exists");

        assertThat(realm.link(owner, alias)).isEmpty();
    }

    @Test
    void preRegisteredUnverifiedLocalAccount() {
        Person person = Suite.newPerson();
        String squatter =
                realm.user(Suite.unique("squatter"), person.email(), user -> user.put("emailVerified", false));

        keeps(squatter, "acme", person, "account_exists");
    }

    @Test
    void kelvinSignInTheAddress() {
        String name = Suite.unique("mike");
        Person person = Suite.newPerson().withEmail("mi\u212ae" + name.substring(4) + "@example.org", true);
        String owner = realm.user(name, name + "@example.org", user -> {});

        keeps(owner, "acme", person, "login_required");
    }

    @Test
    void secondAccountOfOneProviderDoesNotReplaceTheFirst() {
        String alias = realm.providerWithFirstFlow("acme", READY_FLOW);
        Person first = Suite.newPerson();
        String user = realm.user(realm.login(alias, first)).path("id").asText();

        realm.assertAsksForInteraction(alias, Suite.newPerson().withEmail(first.email(), true), "account_exists");

        assertThat(realm.link(user, alias).orElseThrow().path("userId").asText())
                .isEqualTo(first.id());
    }

    @Test
    void administratorByGroupIsNeverLinked() {
        Person person = Suite.newPerson();
        String group = realm.admin().post("/groups", Map.of("name", Suite.unique("admins")));
        String management = realm.admin().clientUuid("realm-management");
        JsonNode role = realm.admin().get("/clients/" + management + "/roles/view-users");
        realm.admin().post("/groups/" + group + "/role-mappings/clients/" + management, List.of(role));
        String owner = realm.user(Suite.unique("admin"), person.email(), user -> {});
        realm.admin().put("/users/" + owner + "/groups/" + group, Map.of());

        keeps(owner, "acme", person, "account_exists");
    }

    @Test
    void serviceAccountIsNeverLinked() {
        Person person = Suite.newPerson();
        String account = realm.admin()
                .get("/clients/" + realm.admin().clientUuid("demo-backend") + "/service-account-user")
                .path("id")
                .asText();
        realm.admin()
                .updateUser(account, user -> user.put("email", person.email()).put("emailVerified", true));

        keeps(account, "acme", person, "account_exists");
    }

    @Test
    void disabledAccountIsNotLinked() {
        Person person = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), person.email(), user -> user.put("enabled", false));
        String alias = realm.providerWithFirstFlow("acme", READY_FLOW);

        realm.assertRefuses(alias, person, 403, "access_denied", "account_unavailable");
        assertThatThrownBy(() -> browser(realm, alias, person)).hasMessageContaining("Account is disabled");

        assertThat(realm.link(owner, alias)).isEmpty();
    }

    @Test
    void addressIsNobodysWhereSeveralUsersMayHaveIt() {
        OwnRealm shared = OwnRealm.create(
                settings -> settings.put("loginWithEmailAllowed", false).put("duplicateEmailsAllowed", true));
        Person person = Suite.newPerson();
        String owner = shared.user(Suite.unique("owner"), person.email(), user -> {});

        Answer answer = shared.login(shared.providerWithFirstFlow("acme", READY_FLOW), person);

        assertThat(answer.json().path("user_created").asBoolean()).isTrue();
        assertThat(shared.admin().federatedIdentities(owner)).isEmpty();
    }

    @Test
    void onlyLinksWhereTheFlowHasNothingElse() {
        Person known = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), known.email(), user -> {});
        String alias = realm.providerWithFirstFlow("acme", realm.flow(STEP));

        realm.assertAsksForInteraction(alias, Suite.newPerson(), "login_required");
        realm.assertAsksForInteraction(alias, known.withEmail(known.email(), false), "login_required");
        assertThat(realm.login(alias, known).claims().path("sub").asText()).isEqualTo(owner);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "github"})
    void browserLoginsFollowTheSameRule(String type) {
        String alias = realm.providerWithFirstFlow(type, READY_FLOW);
        Person vouched = Suite.newPerson();
        Person claimed = Suite.newPerson();
        Suite.providers().people().add(claimed.withEmail(claimed.email(), false));
        String owner = realm.user(Suite.unique("owner"), vouched.email(), user -> {});
        String other = realm.user(Suite.unique("other"), claimed.email(), user -> {});

        Answer answer = browser(realm, alias, vouched);

        assertThat(answer.claims().path("sub").asText()).isEqualTo(owner);
        assertThat(realm.link(owner, alias)).isPresent();
        assertThatThrownBy(() -> browser(realm, alias, claimed)).hasMessageContaining("Account already exists");
        assertThat(realm.link(other, alias)).isEmpty();
    }

    @Test
    void ownerIsToldOnceTheLinkStandsAndNotBefore() {
        try (Mailbox mailbox = Mailbox.open()) {
            OwnRealm mailing = OwnRealm.create(settings -> settings.putPOJO("smtpServer", mailbox.settings()));
            String denied = mailing.providerWithFirstFlow("acme", mailing.flow(STEP, "deny-access-authenticator"));
            String alias = mailing.providerWithFirstFlow("acme", READY_FLOW);
            Person refused = Suite.newPerson();
            Person linked = Suite.newPerson();
            Person byBrowser = Suite.newPerson();
            for (Person person : List.of(refused, linked, byBrowser)) {
                mailing.user(Suite.unique("owner"), person.email(), user -> {});
            }

            mailing.assertRefuses(denied, refused, 403, "access_denied", "denied_by_flow");
            mailing.login(alias, linked);
            String message = mailbox.next(linked.email());
            mailing.login(alias, linked);
            assertThat(browser(mailing, alias, byBrowser).status()).isEqualTo(200);
            mailbox.next(byBrowser.email());

            assertThat(message).contains("Social Exchange", "has been linked");
            assertThat(mailbox.recipients()).containsExactly(linked.email(), byBrowser.email());
        }
    }

    @Test
    void mailServerThatSaysNothingNeitherDelaysNorBreaksTheLogin() throws IOException {
        try (SilentMailServer server = SilentMailServer.open()) {
            OwnRealm mailing = OwnRealm.create(settings -> settings.putPOJO("smtpServer", server.settings()));
            Person person = Suite.newPerson();
            mailing.user(Suite.unique("owner"), person.email(), user -> {});

            mailing.login(mailing.providerWithFirstFlow("acme", READY_FLOW), person);

            assertThat(server.greets())
                    .as("what waits for it is the mail alone")
                    .startsWith("EHLO");
        }
    }

    /** Refused, and the account has no link of it. */
    private static void keeps(String owner, String type, Person person, String reason) {
        String alias = realm.providerWithFirstFlow(type, READY_FLOW);
        realm.assertAsksForInteraction(alias, person, reason);
        assertThat(realm.admin().federatedIdentities(owner)).isEmpty();
    }

    private static Answer browser(OwnRealm in, String alias, Person person) {
        return new BrowserLogin(in.tokens(), Suite.providers().url()).signIn(Suite.SPA, alias, person.id());
    }
}
