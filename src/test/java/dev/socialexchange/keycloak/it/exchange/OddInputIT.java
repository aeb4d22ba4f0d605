package dev.socialexchange.keycloak.it.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody posts, or a provider says of a person: never a server error. Odd tokens are {@code OddInputTest}'s. */
class OddInputIT {
    private static Door door;

    @BeforeAll
    static void openDoor() {
        door = Door.open();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("dev.socialexchange.keycloak.exchange.OddClaims#all")
    void answersOddClaimsOfTheProviderWithoutServerError(String claim, int index, List<Object> value) {
        Person person = Suite.newPerson();
        String token =
                Suite.providers().acme().idToken("acme-client", person, claims -> claims.put(claim, value.get(0)));

        Answer answer =
                door.request().subjectToken(token).type(TokenType.ID_TOKEN).send();

        if (answer.status() != 200) {
            assertThat(answer.status()).as(answer.body()).isIn(400, 403, 503); // 503: nobody can be made of it
            assertThat(answer.errorReason()).as(answer.body()).isNotEmpty();
            assertThat(Suite.linked(door.alias(), person.id())).isEmpty();
        }
    }

    /** Not a broken percent encoding: Keycloak fails at that itself, before it knows which grant it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject_token",
                "subject_token=",
                "subject_token=%ff%fe",
                "subject_token=%00%01%02",
                "subject_token=%c0%80",
                "subject_token=%ed%a0%80",
                "&&&&",
                "=",
                "=x",
                "%3d=1",
                "subject_token[]=1",
                "subject_token%00=1",
                "subject_token=a%0d%0aSet-Cookie:%20a=b",
                "scope=%ff",
                "audience=%00",
                "requested_token_type=%00",
                "nonce=%00%00",
                "user=%7b%22name%22%3a",
                "a=b=c&d"
            })
    void answersOddFormsWithoutServerError(String odd) {
        Answer answer = RawRequest.to(Suite.tokens().uri())
                .form("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                .form("client_id", door.clientId())
                .form("subject_issuer", door.alias())
                .form("subject_token_type", TokenType.ID_TOKEN)
                .encoded(odd)
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void controlCharactersThatKeycloakRemovesDoNotMakeAnotherToken() {
        Person person = Suite.newPerson();

        Answer answer = door.request()
                .subjectToken(Door.idToken(person) + "\r\n")
                .type(TokenType.ID_TOKEN)
                .send();

        if (answer.status() == 400) { // Keycloak 26.6 leaves them in
            assertThat(answer.errorReason()).isEqualTo("parameter_invalid");
        } else {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.claims().path("sub").asText()).isEqualTo(door.userId(person));
        }
    }
}
