package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Refusals;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider's profile can make of an account here, at the first login and at later ones. */
class AccountHygieneIT {
    private static final String READY_FLOW = "social exchange first login";

    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(settings -> settings.put("organizationsEnabled", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IMPORT", "LEGACY", "FORCE"})
    void changedEmailOnReturn(String syncMode) {
        String alias = realm.provider("acme", copy -> {
            copy.put("firstBrokerLoginFlowAlias", READY_FLOW);
            copy.withObject("/config").put("syncMode", syncMode);
        });
        Person person = Suite.newPerson();
        String user = realm.user(realm.login(alias, person)).path("id").asText();
        String victimsAddress = Suite.unique("victim") + "@example.org";
        String victim = realm.user(Suite.unique("victim"), victimsAddress, account -> {});

        Answer answer = realm.login(alias, person.withEmail(victimsAddress.toUpperCase(Locale.ROOT), true));

        assertThat(answer.claims().path("sub").asText()).isEqualTo(user);
        assertThat(realm.admin().user(user).path("email").asText()).isEqualTo(person.email());
        assertThat(realm.admin().user(victim).path("email").asText()).isEqualTo(victimsAddress);
        assertThat(realm.admin().federatedIdentities(victim)).isEmpty();
    }

    @Test
    void changedEmailThatIsAnothersUsername() {
        String alias = realm.provider("acme", Map.of("syncMode", "FORCE"));
        Person person = Suite.newPerson();
        realm.login(alias, person);
        String name = Suite.unique("name") + "@example.org";
        realm.user(name, Suite.unique("other") + "@example.org", account -> {});

        JsonNode user = realm.user(realm.login(alias, person.withEmail(name, true)));

        assertThat(user.path("email").asText()).isEqualTo(person.email());
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "partner", "google", "github", "facebook", "legacy", "custom"})
    void changedEmailOnReturnInABrowser(String type) {
        String alias = realm.provider(type, Map.of("syncMode", "FORCE"));
        Person person = Suite.newPerson();
        String user = browser(realm, alias, person);
        String victimsAddress = Suite.unique("victim") + "@example.org";
        String victim = realm.user(Suite.unique("victim"), victimsAddress, account -> {});
        String name = Suite.unique("name") + "@example.org";
        realm.user(name, Suite.unique("other") + "@example.org", account -> {});

        for (String taken : List.of(victimsAddress.toUpperCase(Locale.ROOT), name)) {
            assertThat(browser(realm, alias, person.withEmail(taken, true))).isEqualTo(user);
            assertThat(realm.admin().user(user).path("email").asText()).isEqualTo(person.email());
        }
        assertThat(realm.admin().user(victim).path("email").asText()).isEqualTo(victimsAddress);
        assertThat(realm.admin().federatedIdentities(victim)).isEmpty();
        String free = Suite.unique("moved") + "@example.org";
        browser(realm, alias, person.withEmail(free, true));
        assertThat(realm.admin().user(user).path("email").asText()).isEqualTo(free);
    }

    @Test
    void changedUsernameOnReturnTakesNobodysName() {
        String alias = realm.provider("acme", Map.of("syncMode", "FORCE"));
        Person person = Suite.newPerson();
        realm.login(alias, person);
        String taken = Suite.unique("taken");
        realm.user(taken, taken + "@example.org", account -> {});

        JsonNode user = realm.user(realm.login(alias, person.withUsername(taken)));

        assertThat(user.path("username").asText()).isEqualTo(person.username());
    }

    @Test
    void forcedAddressBecomesNoUsernameWhereAddressesAreUsernames() {
        OwnRealm own = OwnRealm.create(settings -> settings.put("registrationEmailAsUsername", true));
        String alias = own.provider("acme", Map.of("syncMode", "FORCE"));
        Person person = Suite.newPerson();
        String user = own.user(own.login(alias, person)).path("id").asText();
        Person other = Suite.newPerson();
        own.login("partner", other);

        own.login(alias, person.withEmail(other.email(), true));
        browser(own, alias, person.withEmail(other.email(), true));

        assertThat(own.admin().user(user).path("email").asText()).isEqualTo(person.email());
        assertThat(own.admin().user(user).path("username").asText()).isEqualTo(person.email());
        assertThat(own.admin().usersByEmail(other.email())).hasSize(1);
    }

    /** Keycloak's browser login (26.7) answers with its error page; an exchange says what is wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"email", "username"})
    void mapperThatWantsWhatIsAnothersRefusesTheLogin(String wanted) {
        String alias = realm.provider("acme", Map.of("syncMode", "FORCE"));
        Person person = Suite.newPerson();
        String user = browser(realm, alias, person);
        String anothers = Suite.unique("another") + "@example.org";
        realm.user(anothers, anothers, account -> {});
        if (wanted.equals("email")) {
            Map<String, String> address = Map.of("attribute", "email", "attribute.value", anothers);
            realm.mapper(alias, "hardcoded-attribute-idp-mapper", "FORCE", address);
        } else {
            realm.mapper(alias, "oidc-username-idp-mapper", "FORCE", Map.of("template", anothers));
        }

        Refusals.assertRefused(realm.exchange(alias, person), 400, "interaction_required", "profile_incomplete");
        assertThatThrownBy(() -> browser(realm, alias, person)).hasMessageContaining("Unexpected error");

        assertThat(realm.admin().user(user).path("email").asText()).isEqualTo(person.email());
        assertThat(realm.admin().user(user).path("username").asText()).isEqualTo(person.username());
    }

    @Test
    void usernameIsStoredInLowerCase() {
        Person person = Suite.newPerson();

        JsonNode user = realm.user(
                realm.login("acme", person.withUsername(person.username().toUpperCase(Locale.ROOT))));

        assertThat(user.path("username").asText()).isEqualTo(person.username());
    }

    @Test
    void usernameOfAnotherUserIsFoundInAnyCase() {
        Person person = Suite.newPerson();
        realm.user(person.username(), Suite.unique("owner") + "@example.org", account -> {});

        realm.assertAsksForInteraction(
                "acme", person.withUsername(person.username().toUpperCase(Locale.ROOT)), "username_taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "<script>alert(1)</script>", "a&b\"c"})
    void asksForAUsernameThatTheRealmAllows(String username) {
        realm.assertAsksForInteraction("acme", Suite.newPerson().withUsername(username), "profile_incomplete");
    }

    @Test
    void organisationMismatch() {
        String own = realm.organization(realm.provider("acme", Map.of()));
        String alias = realm.provider("acme", Map.of());
        String foreign = realm.organization(realm.provider("partner", Map.of()));
        Person person = Suite.newPerson();

        OwnRealm.Traces before = realm.traces();

        Answer answer = Tokens.of(
                        realm.tokens().exchange(alias).as(Suite.SPA).scope("openid organization:" + alias(foreign)),
                        Suite.providers(),
                        "acme",
                        person)
                .send();

        realm.assertRefused(answer, 403, "access_denied", "denied_by_flow", before, List.of(alias + "/" + person.id()));
        for (String organization : List.of(own, foreign)) {
            assertThat(realm.admin().get("/organizations/" + organization + "/members"))
                    .isEmpty();
        }
    }

    /** Keycloak's own login; answers the user's id. */
    private static String browser(OwnRealm in, String alias, Person person) {
        Suite.providers().people().add(person);
        Answer answer = new BrowserLogin(in.tokens(), Suite.providers().url()).signIn(Suite.SPA, alias, person.id());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.claims().path("sub").asText();
    }

    private static String alias(String organization) {
        return realm.admin().get("/organizations/" + organization).path("alias").asText();
    }
}
