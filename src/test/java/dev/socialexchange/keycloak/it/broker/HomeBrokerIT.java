package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An organisation's managed members come by its own provider: an account of theirs at another provider would open when they have
 * left.
 */
class HomeBrokerIT {
    private static final String READY_FLOW = "social exchange first login";
    private static final String PASSWORD = "correct horse";

    private static OwnRealm realm;
    private static App app;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(settings -> {
            settings.put("organizationsEnabled", true);
            settings.withArray("/authenticatorConfig").forEach(config -> {
                if (config.path("config").has("linkUnverified")) {
                    ((ObjectNode) config.path("config")).put("linkUnverified", "take-over");
                }
            });
        });
        app = App.of(realm);
    }

    /** @param person whom the organisation knows */
    private record Member(Person person, String home, String user) {
        static Member create() {
            String home = app.provider("acme");
            realm.organization(home);
            Person person = Suite.newPerson();
            String user = app.login(home, person);
            realm.admin().updateUser(user, account -> account.putArray("credentials")
                    .addObject()
                    .put("type", "password")
                    .put("value", PASSWORD));
            return new Member(person, home, user);
        }

        /** At another provider, and with the same address. */
        Person elsewhere(boolean verified) {
            return Suite.providers()
                    .people()
                    .add(Person.unknown("Ada").withUsername(Suite.unique("ada")).withEmail(person.email(), verified));
        }

        void hasTheHomeLinkOnly() {
            JsonNode links = realm.admin().federatedIdentities(user);
            assertThat(links.findValuesAsText("identityProvider")).containsExactly(home);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "github"})
    void exchangeDoesNotLinkAManagedMemberByAVerifiedAddress(String type) {
        Member member = Member.create();
        String other = app.provider(type, copy -> copy.put("firstBrokerLoginFlowAlias", READY_FLOW));
        OwnRealm.Traces before = realm.traces();

        realm.assertRefused(
                app.request(other, member.elsewhere(true)).send(),
                403,
                "access_denied",
                "linking_not_allowed",
                before,
                List.of());

        member.hasTheHomeLinkOnly();
    }

    @Test
    void browserLoginDoesNotLinkAManagedMemberByAVerifiedAddress() {
        Member member = Member.create();
        String other = realm.providerWithFirstFlow("github", READY_FLOW);
        Person person = member.elsewhere(true);

        assertThatThrownBy(() ->
                        new BrowserLogin(realm.tokens(), Suite.providers().url()).signIn(Suite.SPA, other, person.id()))
                .hasMessageContaining("An organisation manages this account");

        member.hasTheHomeLinkOnly();
    }

    @Test
    void managedMemberIsNotTakenOver() {
        Member member = Member.create();
        realm.admin().updateUser(member.user(), account -> account.put("emailVerified", false));
        String other = app.provider("github", copy -> copy.put("firstBrokerLoginFlowAlias", READY_FLOW));

        OwnRealm.Traces before = realm.traces();
        realm.assertRefused(
                app.request(other, member.elsewhere(true)).send(),
                403,
                "access_denied",
                "linking_not_allowed",
                before,
                List.of());

        member.hasTheHomeLinkOnly();
        assertThat(realm.admin().user(member.user()).path("emailVerified").asBoolean())
                .isFalse();
        assertThat(realm.admin().get("/users/" + member.user() + "/credentials"))
                .hasSize(1);
    }

    @Test
    void keycloaksOwnFlowOffersNoLinkThatWouldBeRefused() {
        Member member = Member.create();
        String other = app.provider("github", copy -> copy.put("firstBrokerLoginFlowAlias", "first broker login"));
        OwnRealm.Traces before = realm.traces();

        realm.assertRefused(
                app.request(other, member.elsewhere(true)).send(),
                403,
                "access_denied",
                "linking_not_allowed",
                before,
                List.of());

        member.hasTheHomeLinkOnly();
    }

    @Test
    void continuationDoesNotLinkAManagedMemberWhoProvesThePassword() {
        Member member = Member.create();
        String other = app.provider("github", copy -> copy.put("firstBrokerLoginFlowAlias", "first broker login"));
        Person person = member.elsewhere(false);
        Tab browser = Chromium.newBrowser().open(app.link(other, person, "login_required"));
        browser.clicks("#kc-continue").clicks("#linkAccount").types("#password", PASSWORD);

        browser.clicks("#kc-login").sees("An organisation manages this account").photographs("managed-account");

        member.hasTheHomeLinkOnly();
        JsonNode event =
                realm.admin().events("type=FEDERATED_IDENTITY_LINK_ERROR&max=1").path(0);
        assertThat(event.path("userId").asText()).isEqualTo(member.user());
        assertThat(event.path("details").path("reason").asText())
                .isEqualTo("linking_not_allowed: managed_by_organization");
    }

    @Test
    void homeProviderLinksAsBefore() {
        Member member = Member.create();
        Person second = member.elsewhere(true);

        // the organisation's provider itself, which knows the person under another id now
        realm.admin().delete("/users/" + member.user() + "/federated-identity/" + member.home());
        realm.admin()
                .updateIdentityProvider(
                        member.home(), provider -> provider.put("firstBrokerLoginFlowAlias", READY_FLOW));

        assertThat(app.login(member.home(), second)).isEqualTo(member.user());
        member.hasTheHomeLinkOnly();
    }

    @Test
    void memberWhomTheOrganisationDoesNotManageIsLinked() {
        String home = app.provider("acme");
        String organization = realm.organization(home);
        Person person = Suite.newPerson();
        String user = realm.user(Suite.unique("guest"), person.email(), account -> {});
        realm.admin().post("/organizations/" + organization + "/members", user);
        String other = app.provider("acme", copy -> copy.put("firstBrokerLoginFlowAlias", READY_FLOW));

        assertThat(app.login(other, person)).isEqualTo(user);
        assertThat(realm.link(user, other)).isPresent();
    }
}
