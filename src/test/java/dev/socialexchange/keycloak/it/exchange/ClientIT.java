package dev.socialexchange.keycloak.it.exchange;

import static dev.socialexchange.keycloak.it.support.Refusals.assertEvent;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Who may use the door: clients on the provider's list, authenticated as Keycloak wants it. */
class ClientIT {

    @Test
    void refusesClientThatIsNotOnTheProvidersList() {
        Door door = Door.open();
        Person person = Suite.newPerson();
        for (String stranger : new String[] {
            Door.client(Suite.unique("stranger"), null, client -> {}),
            Door.client(door.clientId() + "-2", null, client -> {}),
            Door.client(door.clientId().toUpperCase(Locale.ROOT), null, client -> {})
        }) {
            Answer answer = exchange(door, person).as(stranger).send();

            assertRefused(answer, 403, "access_denied", "client_not_allowed", door.alias(), person.id());
            assertEvent(stranger, "client_not_allowed");
        }
    }

    @Test
    void refusesClientOfAnotherProvidersList() {
        Door own = Door.open();
        Door other = Door.open();
        Person person = Suite.newPerson();

        Answer answer = exchange(other, person).as(own.clientId()).send();

        assertRefused(answer, 403, "access_denied", "client_not_allowed", other.alias(), person.id());
    }

    @Test
    void asksTheProviderNothingForClientThatIsNotAllowed() {
        Door door = Door.like("google");
        Person person = Suite.newPerson();
        String token = Suite.providers().google().accessToken("google-client.apps.googleusercontent.com", person);

        Answer answer = Suite.tokens()
                .exchange(door.alias())
                .as("other-app")
                .subjectToken(token)
                .type(TokenType.ACCESS_TOKEN)
                .send();

        assertThat(answer.errorReason()).isEqualTo("client_not_allowed");
        assertThat(Suite.providers().requests(null, null)).noneMatch(request -> request.carries(token));
    }

    @Test
    void keycloakRefusesWrongSecretInItsOwnShape() {
        Door door = Door.confidential();
        Person person = Suite.newPerson();

        assertKeycloaks(401, exchange(door, person).as(door.clientId(), "wrong"), door, person);
        assertKeycloaks(401, exchange(door, person).as(door.clientId()), door, person);
        assertKeycloaks(401, exchange(door, person).as(door.clientId()).param("client_secret", "wrong"), door, person);
    }

    @Test
    void keycloakRefusesDisabledClientInItsOwnShape() {
        Door door = Door.open();
        Person person = Suite.newPerson();
        Suite.admin().updateClient(door.clientId(), client -> client.put("enabled", false));

        assertKeycloaks(401, exchange(door, person).as(door.clientId()), door, person);
    }

    @Test
    void keycloakRefusesUnknownAndMissingClientInItsOwnShape() {
        Door door = Door.open();
        Person person = Suite.newPerson();

        assertKeycloaks(401, exchange(door, person).as(Suite.unique("nobody")), door, person);
        assertKeycloaks(401, exchange(door, person), door, person);
    }

    private static TokenRequest exchange(Door door, Person person) {
        return Suite.tokens()
                .exchange(door.alias())
                .subjectToken(Door.idToken(person))
                .type(TokenType.ID_TOKEN);
    }

    private static void assertKeycloaks(int status, TokenRequest request, Door door, Person person) {
        Answer answer = request.send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.error()).as(answer.body()).isIn("invalid_client", "unauthorized_client");
        assertThat(answer.json().has("error_reason")).isFalse();
        assertThat(Suite.linked(door.alias(), person.id())).isEmpty();
    }
}
