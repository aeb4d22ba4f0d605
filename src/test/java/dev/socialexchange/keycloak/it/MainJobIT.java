package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import org.junit.jupiter.api.Test;

/** A provider's token becomes realm tokens, for everybody the first time and every time after. */
class MainJobIT {
    private static final String GOOGLE_CLIENT = "google-client.apps.googleusercontent.com";

    @Test
    void createsUserAtFirstExchangeAndFindsThemAtTheSecond() {
        Person person = Suite.newPerson();

        Answer first = exchange(Suite.providers().google().idToken(GOOGLE_CLIENT, person));
        Answer second = exchange(Suite.providers().google().idToken(GOOGLE_CLIENT, person));

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().path("user_created").asBoolean()).isTrue();
        assertThat(first.claims().path("email").asText()).isEqualTo(person.email());
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        assertThat(second.json().path("user_created").asBoolean()).isFalse();
        assertThat(second.claims().path("sub")).isEqualTo(first.claims().path("sub"));
        assertThat(Suite.linked("google", person.id())).hasSize(1);
    }

    @Test
    void refusesTokenMintedForAnotherApp() {
        Person person = Suite.newPerson();

        Answer answer = exchange(Suite.providers().google().idToken("another-app", person));

        assertRefused(answer, 400, "invalid_request", "token_for_another_app", "google", person.id());
    }

    private static Answer exchange(String idToken) {
        return Suite.tokens()
                .exchange("google")
                .as(Suite.SPA)
                .subjectToken(idToken)
                .type(TokenType.ID_TOKEN)
                .scope("openid")
                .send();
    }
}
