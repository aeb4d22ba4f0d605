package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Refusals;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the realm makes of a provider's e-mail address. */
class EmailRulesIT {

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, false", "false, true, false", "false, false, false"})
    void addressIsVerifiedIfTheRealmTrustsTheProviderAndTheProviderVouches(
            boolean trusted, boolean vouched, boolean expected) {
        OwnRealm realm = OwnRealm.create();
        String alias = realm.provider("acme", copy -> copy.put("trustEmail", trusted));
        Person person = Suite.newPerson();

        JsonNode user = realm.user(realm.login(alias, person.withEmail(person.email(), vouched)));

        assertThat(user.path("emailVerified").asBoolean()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"gmail.com, true", "example.org, false"})
    void trustedGoogleVouchesForItsOwnDomainsOnly(String domain, boolean expected) {
        OwnRealm realm = OwnRealm.create();
        Person person = Suite.newPerson();

        JsonNode user = realm.user(realm.login("google", person.withEmail(person.username() + "@" + domain, true)));

        assertThat(user.path("emailVerified").asBoolean()).isEqualTo(expected);
    }

    @Test
    void userWhoseAddressHasToBeVerifiedStaysAsAfterABrowserLogin() {
        OwnRealm realm = OwnRealm.create(settings -> settings.put("verifyEmail", true));
        Person person = Suite.newPerson();
        Person unverified = person.withEmail(person.email(), false);

        Answer first = realm.exchange("acme", unverified);
        Answer second = realm.exchange("acme", unverified);

        Refusals.assertRefused(first, 400, "interaction_required", "verify_email");
        Refusals.assertRefused(second, 400, "interaction_required", "verify_email");
        assertThat(realm.linked("acme", person)).hasSize(1);
        String user = realm.linked("acme", person).path(0).path("id").asText();
        assertThat(realm.admin().user(user).path("emailVerified").asBoolean()).isFalse();
        assertThat(realm.admin().sessions(user)).isEmpty();
        realm.admin().updateUser(user, account -> account.put("emailVerified", true));
        assertThat(realm.user(realm.login("acme", unverified)).path("id").asText())
                .isEqualTo(user);
    }

    @Test
    void vouchedAddressNeedsNoVerification() {
        OwnRealm realm = OwnRealm.create(settings -> settings.put("verifyEmail", true));

        JsonNode user = realm.user(realm.login("acme", Suite.newPerson()));

        assertThat(user.path("emailVerified").asBoolean()).isTrue();
    }

    @Test
    void addressBecomesUsernameWhereTheRealmWantsIt() {
        OwnRealm realm = emailAsUsername();
        Person person = Suite.newPerson();

        JsonNode user = realm.user(realm.login("acme", person));

        assertThat(user.path("username").asText()).isEqualTo(person.email());
    }

    @Test
    void asksForTheAddressThatWouldBeTheUsername() {
        OwnRealm realm = emailAsUsername();

        realm.assertAsksForInteraction("acme", Suite.newPerson().withoutEmail(), "profile_incomplete");
    }

    @Test
    void existingAddressIsFoundWhereItIsTheUsername() {
        OwnRealm realm = emailAsUsername();
        Person person = Suite.newPerson();
        realm.user(person.email(), person.email(), user -> {});

        realm.assertAsksForInteraction("acme", person, "account_exists");
        realm.assertAsksForInteraction("acme", person.withEmail(person.email(), false), "login_required");
    }

    private static OwnRealm emailAsUsername() {
        return OwnRealm.create(settings -> settings.put("registrationEmailAsUsername", true));
    }
}
