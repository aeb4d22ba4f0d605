package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is not on the list gets nothing, whichever way they come and whatever else the flow would do. */
class AllowListIT {
    private static final String STEP = "social-exchange-allow-list";
    private static final Map<String, String> EXAMPLE_ORG = Map.of("allowListAddresses", "example.org");

    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "github", "partner"})
    void letsInWhoseDomainIsListed(String type) {
        realm.login(listed(type, EXAMPLE_ORG), Suite.newPerson());
    }

    @Test
    void refusesWhoseAddressIsNotListedAndCreatesNothing() {
        Person person = Suite.newPerson();

        refuses(listed("acme", EXAMPLE_ORG), person.withEmail(person.username() + "@sub.example.org", true));
        assertThat(realm.admin()
                        .events("type=IDENTITY_PROVIDER_FIRST_LOGIN_ERROR&max=1")
                        .path(0)
                        .path("details")
                        .path("reason")
                        .asText())
                .isEqualTo("not_on_allow_list: email_not_listed");
    }

    @Test
    void allowListWithNoEmail() {
        refuses(listed("acme", EXAMPLE_ORG), Suite.newPerson().withoutEmail());
    }

    @Test
    void addressThatNobodyVouchesForDoesNotCount() {
        Person person = Suite.newPerson();

        refuses(listed("acme", EXAMPLE_ORG), person.withEmail(person.email(), false));
        refuses(listed("facebook", EXAMPLE_ORG), person);
        refuses(listed("google", EXAMPLE_ORG), person); // not Google's own domain
    }

    @Test
    void listThatIsEmptyOrNotThereLetsNobodyIn() {
        refuses(listed("acme", Map.of("allowListAddresses", "")), Suite.newPerson());
        refuses(realm.providerWithFirstFlow("acme", realm.flow(STEP, "idp-create-user-if-unique")), Suite.newPerson());
    }

    @Test
    void asksForTheHostedDomain() {
        String alias = listed("google", Map.of("allowListHostedDomains", "example.org"));

        refuses(alias, Suite.newPerson());
        refuses(alias, Suite.newPerson().withHostedDomain("evil.example.org"));
        realm.login(alias, Suite.newPerson().withHostedDomain("example.org"));
    }

    @Test
    void asksForTheClaim() {
        Person person = Suite.newPerson();
        Map<String, String> ada =
                Map.of("allowListClaim", "preferred_username", "allowListClaimValues", person.username());
        String alias = listed("acme", ada);

        refuses(alias, Suite.newPerson());
        refuses(listed("acme", Map.of("allowListClaim", "employee")), person);
        realm.login(alias, person);
    }

    @Test
    void holdsWhereTheAccountExistsAlready() {
        Person person = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), person.email(), user -> {});
        String alias = realm.providerWithFirstFlow(
                "acme", flow(Map.of("allowListAddresses", "example.com"), "social-exchange-link-by-email"));

        refuses(alias, person);

        assertThat(realm.link(owner, alias)).isEmpty();
    }

    @Test
    void refusalIsFinalAndUndoesWhatEarlierStepsDid() {
        String flow = realm.flow("idp-create-user-if-unique");
        configure(flow, Map.of("allowListAddresses", "example.com"));
        String alias = realm.providerWithFirstFlow("acme", flow);

        refuses(alias, Suite.newPerson());
        refusesInBrowser(alias, Suite.newPerson());
    }

    @Test
    void decidesAboutEveryLoginInAPostLoginFlow() {
        Person person = Suite.newPerson();
        String alias = realm.provider("acme", Map.of());
        String user = realm.user(realm.login(alias, person)).path("id").asText();
        String flow = flow(Map.of("allowListAddresses", person.email()));
        realm.admin().updateIdentityProvider(alias, copy -> copy.put("postBrokerLoginFlowAlias", flow));
        realm.login(alias, person);
        OwnRealm.Traces before = realm.traces();

        Answer answer = realm.exchange(alias, person.withEmail("moved@example.com", true));

        realm.assertRefused(answer, 403, "access_denied", "not_on_allow_list", before, List.of());
        assertThat(realm.link(user, alias)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "github"})
    void holdsInBrowserLogins(String type) {
        String alias = listed(type, EXAMPLE_ORG);
        Person listed = Suite.newPerson();
        Person stranger = Suite.newPerson();
        Suite.providers().people().add(stranger.withEmail(stranger.username() + "@example.com", true));
        Person unverified = Suite.newPerson();
        Suite.providers().people().add(unverified.withEmail(unverified.email(), false));

        assertThat(browser(alias, listed).status()).isEqualTo(200);
        refusesInBrowser(alias, stranger);
        refusesInBrowser(alias, unverified);
    }

    private static void refuses(String alias, Person person) {
        realm.assertRefuses(alias, person, 403, "access_denied", "not_on_allow_list");
    }

    private static void refusesInBrowser(String alias, Person person) {
        OwnRealm.Traces before = realm.traces();

        assertThatThrownBy(() -> browser(alias, person))
                .hasMessageContaining("403")
                .hasMessageContaining("not on the list of those who may sign in here");

        assertThat(realm.traces()).isEqualTo(before);
        assertThat(realm.linked(alias, person)).isEmpty();
    }

    private static Answer browser(String alias, Person person) {
        return new BrowserLogin(realm.tokens(), Suite.providers().url()).signIn(Suite.SPA, alias, person.id());
    }

    /** Open for whoever is on the list, with a flow that would create everybody. */
    private static String listed(String type, Map<String, String> list) {
        return realm.providerWithFirstFlow(type, flow(list, "idp-create-user-if-unique"));
    }

    private static String flow(Map<String, String> list, String... further) {
        String flow = realm.flow();
        configure(flow, list);
        for (String step : further) {
            realm.admin().addExecution(flow, step);
        }
        return flow;
    }

    private static void configure(String flow, Map<String, String> list) {
        String step = realm.admin().addExecution(flow, STEP);
        realm.admin().configureExecution(step, Suite.unique("list"), list);
    }
}
