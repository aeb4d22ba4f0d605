package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account that may not be used stays unusable, however good the provider's token is. */
class LockedUserIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TOLERATED = 2;

    @Test
    void refusesUserWhoIsDisabled() {
        OwnRealm realm = OwnRealm.create();
        Person person = Suite.newPerson();
        String user = realm.user(realm.login("acme", person)).path("id").asText();
        realm.admin().updateUser(user, account -> account.put("enabled", false));

        refusesAsUnavailable(realm, person, user);
    }

    @Test
    void refusesUserLockedForATimeAfterFailedPasswords() {
        OwnRealm realm = OwnRealm.create(settings -> bruteForce(settings, false));
        Person person = Suite.newPerson();

        refusesAsUnavailable(realm, person, lock(realm, person));
    }

    @Test
    void refusesUserLockedForGoodAfterFailedPasswords() {
        OwnRealm realm = OwnRealm.create(settings -> bruteForce(settings, true));
        Person person = Suite.newPerson();

        refusesAsUnavailable(realm, person, lock(realm, person));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesToLinkUserWhoIsLocked(boolean forGood) {
        OwnRealm realm = OwnRealm.create(settings -> bruteForce(settings, forGood));
        String alias = realm.providerWithFirstFlow("acme", "social exchange first login");
        Person person = Suite.newPerson();
        String user = lock(realm, realm.user(person.username(), person.email(), account -> {}), person);

        realm.assertRefuses(alias, person, 403, "access_denied", "account_unavailable");
        assertThatThrownBy(() ->
                        new BrowserLogin(realm.tokens(), Suite.providers().url()).signIn(Suite.SPA, alias, person.id()))
                .hasMessageContaining("Account is disabled");

        assertThat(realm.admin().federatedIdentities(user)).isEmpty();
    }

    @Test
    void refusesKnownAndUnknownPeopleWhereTheProviderOnlyLinksAccounts() {
        OwnRealm realm = OwnRealm.create();
        Person known = Suite.newPerson();
        Person unknown = Suite.newPerson();
        String alias = realm.provider("acme", Map.of());
        String user = realm.user(realm.login(alias, known)).path("id").asText();
        realm.admin().updateIdentityProvider(alias, provider -> provider.put("linkOnly", true));

        realm.assertRefuses(alias, unknown, 403, "access_denied", "linking_only");
        OwnRealm.Traces before = realm.traces();
        Answer answer = realm.exchange(alias, known);

        realm.assertRefused(answer, 403, "access_denied", "linking_only", before, List.of());
        assertThat(realm.link(user, alias)).isPresent();
    }

    private static void refusesAsUnavailable(OwnRealm realm, Person person, String user) {
        OwnRealm.Traces before = realm.traces();

        Answer answer = realm.exchange("acme", person);

        realm.assertRefused(answer, 403, "access_denied", "account_unavailable", before, List.of());
        assertThat(realm.link(user, "acme")).as("the link stays").isPresent();
    }

    private static void bruteForce(ObjectNode realm, boolean permanent) {
        realm.put("bruteForceProtected", true)
                .put("permanentLockout", permanent)
                .put("bruteForceStrategy", "MULTIPLE")
                .put("failureFactor", TOLERATED)
                .put("quickLoginCheckMilliSeconds", 0)
                .put("waitIncrementSeconds", 600)
                .put("maxFailureWaitSeconds", 600);
        realm.withArray("/clients")
                .addObject()
                .put("clientId", "passwords")
                .put("publicClient", true)
                .put("directAccessGrantsEnabled", true);
    }

    private static String lock(OwnRealm realm, Person person) {
        return lock(realm, realm.user(realm.login("acme", person)).path("id").asText(), person);
    }

    private static String lock(OwnRealm realm, String user, Person person) {
        realm.admin().put("/users/" + user + "/reset-password", Map.of("type", "password", "value", "right"));
        assertThat(password(realm, person, "right")).isEqualTo(200);
        failUntilLocked(realm, user, person);
        assertThat(password(realm, person, "right")).as("now locked").isNotEqualTo(200);
        return user;
    }

    /**
     * Keycloak counts failures on a thread of its own: what comes meanwhile it (26.7) refuses without counting it
     * (keycloak#52428), and a right password would make it forget them. Once somebody is locked, nothing is counted any more.
     */
    private static void failUntilLocked(OwnRealm realm, String user, Person person) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            assertThat(System.nanoTime()).as("time to count failures").isLessThan(end);
            password(realm, person, "wrong");
        } while (!locked(realm, user));
    }

    private static boolean locked(OwnRealm realm, String user) {
        return !realm.admin().user(user).path("enabled").asBoolean()
                || realm.admin()
                        .get("/attack-detection/brute-force/users/" + user)
                        .path("disabled")
                        .asBoolean();
    }

    private static int password(OwnRealm realm, Person person, String password) {
        return realm.tokens()
                .password(person.username(), password)
                .as("passwords")
                .send()
                .status();
    }
}
