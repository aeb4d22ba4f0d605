package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a later login changes about a user who is linked already. */
class SyncModeIT {
    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IMPORT", "LEGACY"})
    void keepsNameAndAddressOfTheFirstLoginUnlessForced(String syncMode) {
        String alias = provider(syncMode);
        Person person = Suite.newPerson();
        realm.login(alias, person);

        JsonNode user = realm.user(realm.login(alias, changed(person)));

        assertThat(user.path("firstName").asText()).isEqualTo(person.givenName());
        assertThat(user.path("email").asText()).isEqualTo(person.email());
        assertThat(user.path("username").asText()).isEqualTo(person.username());
        assertThat(realm.link(user.path("id").asText(), alias)
                        .orElseThrow()
                        .path("userName")
                        .asText())
                .isEqualTo(person.username());
    }

    @Test
    void takesOverNameAndAddressWhenForced() {
        String alias = provider("FORCE");
        Person person = Suite.newPerson();
        realm.login(alias, person);

        Answer answer = realm.login(alias, changed(person));

        JsonNode user = realm.user(answer);
        assertThat(answer.json().path("user_created").asBoolean()).isFalse();
        assertThat(user.path("firstName").asText()).isEqualTo("Renamed");
        assertThat(user.path("lastName").asText()).isEqualTo("Person");
        assertThat(user.path("email").asText()).isEqualTo("new-" + person.email());
        assertThat(user.path("username").asText()).as("the local name stays").isEqualTo(person.username());
        assertThat(realm.link(user.path("id").asText(), alias)
                        .orElseThrow()
                        .path("userName")
                        .asText())
                .isEqualTo("new-" + person.username());
        assertThat(answer.claims().path("email").asText())
                .as("the very token that is issued has the new address")
                .isEqualTo("new-" + person.email());
    }

    @Test
    void forcedAddressIsVerifiedOnlyIfTheProviderVouchesForIt() {
        String alias = provider("FORCE");
        Person person = Suite.newPerson();
        realm.login(alias, person);

        JsonNode vouched = realm.user(realm.login(alias, person.withEmail("a-" + person.email(), true)));
        JsonNode unvouched = realm.user(realm.login(alias, person.withEmail("b-" + person.email(), false)));

        assertThat(vouched.path("emailVerified").asBoolean()).isTrue();
        assertThat(unvouched.path("email").asText()).isEqualTo("b-" + person.email());
        assertThat(unvouched.path("emailVerified").asBoolean()).isFalse();
    }

    @Test
    void forcedAddressOfAnotherUserIsLeftToThem() {
        String alias = provider("FORCE");
        Person person = Suite.newPerson();
        realm.login(alias, person);
        String taken = Suite.unique("taken") + "@example.org";
        String owner = realm.user(Suite.unique("owner"), taken, user -> {});

        JsonNode user = realm.user(realm.login(alias, person.withEmail(taken, true)));

        assertThat(user.path("email").asText()).isEqualTo(person.email());
        assertThat(realm.admin().user(owner).path("email").asText()).isEqualTo(taken);
        assertThat(realm.admin().federatedIdentities(owner)).isEmpty();
    }

    @Test
    void refusesWhenForcedUsernameBelongsToAnotherUser() {
        String alias = provider("FORCE");
        Person person = Suite.newPerson();
        realm.mapper(
                alias,
                "oidc-username-idp-mapper",
                "INHERIT",
                Map.of("template", "${CLAIM.preferred_username}", "target", "LOCAL"));
        String user = realm.user(realm.login(alias, person)).path("id").asText();
        String taken = Suite.unique("owner");
        String owner = realm.user(taken, taken + "@example.org", account -> {});
        OwnRealm.Traces before = realm.traces();

        Answer answer = realm.exchange(alias, person.withUsername(taken));

        realm.assertRefused(answer, 400, "interaction_required", "profile_incomplete", before, List.of());
        assertThat(realm.admin().user(user).path("username").asText()).isEqualTo(person.username());
        assertThat(realm.linked(alias, person).path(0).path("id").asText()).isEqualTo(user);
        assertThat(realm.admin().federatedIdentities(owner)).isEmpty();
    }

    @Test
    void refusesWhenMapperForcesAnAddressOfAnotherUser() {
        String alias = provider("IMPORT");
        Person person = Suite.newPerson();
        realm.mapper(
                alias, "oidc-user-attribute-idp-mapper", "FORCE", Map.of("claim", "email", "user.attribute", "email"));
        realm.login(alias, person);
        String taken = Suite.unique("taken") + "@example.org";
        String owner = realm.user(Suite.unique("owner"), taken, account -> {});
        OwnRealm.Traces before = realm.traces();

        Answer answer = realm.exchange(alias, person.withEmail(taken, true));

        realm.assertRefused(answer, 400, "interaction_required", "profile_incomplete", before, List.of());
        assertThat(realm.admin().usersByEmail(taken)).hasSize(1);
        assertThat(realm.admin().usersByEmail(taken).path(0).path("id").asText())
                .isEqualTo(owner);
    }

    @Test
    void refusesWhenForcedUsernameIsLongerThanItsColumn() {
        String alias = provider("FORCE");
        Person person = Suite.newPerson();
        realm.mapper(
                alias,
                "oidc-username-idp-mapper",
                "INHERIT",
                Map.of("template", "${CLAIM.preferred_username}", "target", "LOCAL"));
        realm.login(alias, person);
        OwnRealm.Traces before = realm.traces();

        Answer answer = realm.exchange(alias, person.withUsername("x".repeat(300)));

        realm.assertRefused(answer, 400, "interaction_required", "profile_incomplete", before, List.of());
    }

    private static String provider(String syncMode) {
        return realm.provider("acme", Map.of("syncMode", syncMode));
    }

    private static Person changed(Person person) {
        return person.withName("Renamed", "Person")
                .withEmail("new-" + person.email(), true)
                .withUsername("new-" + person.username());
    }
}
