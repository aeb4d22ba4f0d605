package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keycloak's own first-broker-login flow decides about people whom the realm does not know. */
class FirstLoginIT {
    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void createsAndLinksUser(String alias) {
        Person person = Suite.newPerson();

        Answer answer = realm.login(alias, person);

        JsonNode user = realm.user(answer);
        assertThat(answer.json().path("user_created").asBoolean()).isTrue();
        assertThat(user.path("firstName").asText()).isEqualTo(person.givenName());
        assertThat(user.path("lastName").asText()).isEqualTo(person.familyName());
        assertThat(user.path("email").asText()).isEqualTo(person.email());
        JsonNode link = realm.link(user.path("id").asText(), alias).orElseThrow();
        assertThat(link.path("userId").asText()).isEqualTo(person.id());
        assertThat(realm.linked(alias, person)).hasSize(1);
        assertThat(realm.admin().sessions(user.path("id").asText())).hasSize(1);
        assertThat(realm.admin().events("type=REGISTER&user=" + user.path("id").asText()))
                .hasSize(1);
    }

    @Test
    void saysThatTheAccountExistsToWhomTheProviderVouchesForTheAddress() {
        Person person = Suite.newPerson();
        String owner = realm.user(Suite.unique("owner"), person.email(), user -> {});

        realm.assertAsksForInteraction("acme", person, "account_exists");

        assertThat(realm.admin().federatedIdentities(owner)).isEmpty();
        assertThat(realm.admin().sessions(owner)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"acme, false", "google, true", "facebook, true", "legacy, false"})
    void saysOnlyThatALoginIsNeededWhenNobodyVouchesForTheAddress(String alias, boolean claimed) {
        Person person = Suite.newPerson();
        Person claiming = person.withEmail(person.email(), claimed);
        realm.user(Suite.unique("owner"), person.email(), user -> {});

        realm.assertAsksForInteraction(alias, claiming, "login_required");
    }

    @Test
    void vouchesForGmailAddressOfGoogle() {
        Person person = Suite.newPerson();
        Person gmail = person.withEmail(person.username() + "@gmail.com", true);
        realm.user(Suite.unique("owner"), gmail.email(), user -> {});

        realm.assertAsksForInteraction("google", gmail, "account_exists");
    }

    @Test
    void existingAddressIsFoundInAnyCase() {
        Person person = Suite.newPerson();
        realm.user(Suite.unique("owner"), person.email(), user -> {});

        realm.assertAsksForInteraction(
                "acme", person.withEmail(person.email().toUpperCase(Locale.ROOT), true), "account_exists");
    }

    @Test
    void refusesUsernameOfAnotherUser() {
        Person person = Suite.newPerson();
        String owner = realm.user(person.username(), Suite.unique("owner") + "@example.org", user -> {});

        realm.assertAsksForInteraction("acme", person, "username_taken");

        assertThat(realm.admin().federatedIdentities(owner)).isEmpty();
    }

    @Test
    void asksForTheMissingAddress() {
        realm.assertAsksForInteraction("acme", Suite.newPerson().withoutEmail(), "profile_incomplete");
    }

    @Test
    void asksForTheMissingName() {
        realm.assertAsksForInteraction("acme", Suite.newPerson().withName("", ""), "profile_incomplete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "google", "facebook", "legacy"})
    void asksForANameThatFitsInsteadOfStoringFourHundredCharacters(String alias) {
        Person person = Suite.newPerson().withName("x".repeat(400), "Example");

        realm.assertAsksForInteraction(alias, person, "profile_incomplete");
    }

    @Test
    void takesNamesInAnyScript() {
        Person person = Suite.newPerson().withName("Юлия", "王");

        JsonNode user = realm.user(realm.login("acme", person));

        assertThat(user.path("firstName").asText()).isEqualTo("Юлия");
        assertThat(user.path("lastName").asText()).isEqualTo("王");
    }

    @Test
    void asksForAnotherAddressThanOneTooLongToStore() {
        Person person = Suite.newPerson();
        String tooLong = "a".repeat(300) + "@example.org";

        realm.assertAsksForInteraction("acme", person.withEmail(tooLong, true), "profile_incomplete");
    }

    @Test
    void takesTheLongestValidAddress() {
        Person person = Suite.newPerson();
        String start = person.username() + "@";
        String longest = start + "d".repeat(60) + ("." + "e".repeat(60)).repeat(2) + ".example.org";

        JsonNode user = realm.user(realm.login("acme", person.withEmail(longest, true)));

        assertThat(user.path("email").asText()).isEqualTo(longest);
    }

    @Test
    void twoProvidersMakeTwoLinksOnlyByProof() {
        Person person = Suite.newPerson();
        String user = realm.user(realm.login("acme", person)).path("id").asText();

        realm.assertAsksForInteraction("partner", person, "account_exists");

        assertThat(realm.admin().federatedIdentities(user)).hasSize(1);
    }
}
