package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name that Apple tells once, and that nobody signs: it greets somebody and does nothing else. */
class AppleNameIT extends ConformanceChecks {
    private static final String APPLE = "apple";
    private static final String GRACE = "{\"name\":{\"firstName\":\"Grace\",\"lastName\":\"Hopper\"}}";

    private static DataProvider apple;

    @BeforeAll
    static void addApple() {
        realm = new ConformanceRealm();
        apple = ConformanceRealm.provider(APPLE);
        realm.add(APPLE, APPLE, Map.of());
    }

    @Test
    void takesNamesOfTheFirstLoginOnly() {
        Person person = Suite.newPerson();
        assertIdentity(named(person, "Grace", "Hopper"), exchange(person, GRACE));

        String other = "{\"name\":{\"firstName\":\"Some\",\"lastName\":\"Body\"}}";
        assertIdentity(named(person, "Grace", "Hopper"), exchange(person, other));
    }

    @Test
    void namesOfAKnownAccountStayWhateverTheSyncMode() {
        String alias = Suite.unique(APPLE);
        realm.add(alias, APPLE, Map.of("syncMode", "FORCE"));
        Person person = Suite.newPerson();
        String other = "{\"name\":{\"firstName\":\"Some\",\"lastName\":\"Body\"}}";

        assertIdentity(named(person, "Grace", "Hopper"), exchange(alias, person, GRACE));
        assertIdentity(named(person, "Grace", "Hopper"), exchange(alias, person, other));
        assertIdentity(named(person, "Grace", "Hopper"), exchange(alias, person, null));
    }

    @Test
    void takesNamesThatComeWithACode() {
        Person person = Suite.newPerson();
        String code = apple.code(apple.clientId(), person, REDIRECT, null);

        Answer answer = realm.exchange(
                APPLE, TokenType.AUTHORIZATION_CODE, code, Map.of("redirect_uri", REDIRECT, "user", GRACE));

        assertIdentity(named(person, "Grace", "Hopper"), answer);
    }

    @Test
    void userWithSomebodyElsesAddressAndIdChangesNothing() {
        Person victim = Suite.newPerson();
        String victimId = exchange(victim, null).claims().path("sub").asText();
        Person person = Suite.newPerson();
        String user =
                """
                {"sub":"%1$s","id":"%1$s","email":"%2$s","email_verified":true,"name":{"firstName":"Grace","lastName":"Hopper"}}"""
                        .formatted(apple.identity(victim, true).get("id"), victim.email());

        Answer answer = exchange(person, user);

        assertIdentity(named(person, "Grace", "Hopper"), answer);
        assertThat(answer.claims().path("sub").asText()).isNotEqualTo(victimId);
    }

    @Test
    void userGivesNobodyAnAddress() {
        Person person = Suite.newPerson();
        String user = "{\"name\":{\"firstName\":\"Grace\"},\"email\":\"%s\"}".formatted(person.email());
        Person withoutAddress = person.withoutEmail();

        assertIdentity(named(withoutAddress, "Grace", null), exchange(withoutAddress, user));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Grace Hopper", "[]", "\"Grace\"", "{\"name\":", ""})
    void refusesUserThatIsNoObject(String user) {
        Person person = Suite.newPerson();

        assertRefused(exchange(person, user), 400, "invalid_request", "parameter_invalid");
        assertUnknown(apple, APPLE, person);
    }

    @ParameterizedTest
    @ValueSource(ints = {2100, 3900})
    void refusesUserThatIsTooLong(int length) {
        Person person = Suite.newPerson();
        String user = "{\"name\":{\"firstName\":\"" + "x".repeat(length) + "\"}}";

        assertRefused(exchange(person, user), 400, "invalid_request", "parameter_invalid");
        assertUnknown(apple, APPLE, person);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"name\":null}", "{\"name\":\"Grace\"}", "{\"name\":{\"firstName\":7,\"lastName\":[]}}"})
    void oddUserIsNoReasonToTurnSomebodyAway(String user) {
        assertThat(exchange(Suite.newPerson(), user).status()).isEqualTo(200);
    }

    @Test
    void otherProvidersHaveNoUser() {
        DataProvider line = ConformanceRealm.provider("line");
        String alias = Suite.unique("line");
        realm.add(alias, "line", Map.of());
        String token = line.idToken(line.clientId(), Suite.newPerson());

        Answer answer = realm.exchange(alias, TokenType.ID_TOKEN, token, Map.of("user", GRACE));

        assertRefused(answer, 400, "invalid_request", "parameter_invalid");
    }

    @Test
    void browserLoginTakesTheNameThatIsPosted() {
        Person person = Suite.newPerson();

        assertIdentity(named(person, "Zoë", "Example"), realm.signIn(APPLE, person));
        // the second time Apple does not tell the name
        assertIdentity(named(person, "Zoë", "Example"), realm.signIn(APPLE, person));
    }

    private static Answer exchange(Person person, String user) {
        return exchange(APPLE, person, user);
    }

    private static Answer exchange(String alias, Person person, String user) {
        String token = apple.idToken(apple.clientId(), person);
        return realm.exchange(alias, TokenType.ID_TOKEN, token, user == null ? Map.of() : Map.of("user", user));
    }

    private static Map<String, Object> named(Person person, String givenName, String familyName) {
        Map<String, Object> identity = new HashMap<>(apple.identity(person, true));
        identity.put("firstName", givenName);
        identity.put("lastName", familyName);
        return identity;
    }
}
