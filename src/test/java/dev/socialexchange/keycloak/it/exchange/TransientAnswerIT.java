package dev.socialexchange.keycloak.it.exchange;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An access token or an id token alone: nothing stays on the server but the user. */
class TransientAnswerIT {

    @Test
    void accessTokenAloneComesWithoutSessionAndRefreshToken() {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).requested(TokenType.ACCESS_TOKEN).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("issued_token_type")).isEqualTo(TokenType.ACCESS_TOKEN);
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(answer.json().has("id_token")).isFalse();
        assertThat(answer.json().path("user_created").asBoolean()).isTrue();
        assertThat(answer.claims().has("sid")).isFalse();
        assertThat(answer.claims().path("sub").asText())
                .isEqualTo(door.userId(person))
                .isNotEmpty();
        assertNoSession(door, person);
        assertThat(door.event("TOKEN_EXCHANGE").path("sessionId").asText("")).isEmpty();
    }

    @Test
    void accessTokenAloneComesWithAnIdTokenIfTheScopeSaysSo() {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person)
                .requested(TokenType.ACCESS_TOKEN)
                .scope("openid")
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode id = Json.claims(answer.text("id_token"));
        assertThat(id.path("sub")).isEqualTo(answer.claims().path("sub"));
        assertThat(id.path("aud").asText()).isEqualTo(door.clientId());
        assertThat(id.has("sid")).isFalse();
        assertNoSession(door, person);
    }

    @Test
    void accessTokenAloneIsGoodForUserinfoAndIntrospection() {
        Door api = Door.confidential();
        Door door = Door.open(Door.reaching(List.of(api.clientId())));
        Person person = Suite.newPerson();
        Answer answer = door.exchange(person)
                .requested(TokenType.ACCESS_TOKEN)
                .scope("openid")
                .send();

        Answer userinfo = Realm.userinfo(answer.accessToken());
        Answer introspection = Realm.introspect(api, answer.accessToken());

        assertThat(userinfo.status()).as(userinfo.body()).isEqualTo(200);
        assertThat(userinfo.text("email")).isEqualTo(person.email());
        assertThat(introspection.json().path("active").asBoolean()).isTrue();
    }

    @Test
    void idTokenAloneStandsInThePlaceOfTheAccessToken() {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).requested(TokenType.ID_TOKEN).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("issued_token_type")).isEqualTo(TokenType.ID_TOKEN);
        assertThat(answer.text("token_type")).isEqualTo("N_A");
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(answer.json().has("id_token")).isFalse();
        assertThat(answer.claims().path("typ").asText()).isEqualTo("ID");
        assertThat(answer.claims().path("aud").asText()).isEqualTo(door.clientId());
        assertThat(answer.claims().path("email").asText()).isEqualTo(person.email());
        assertThat(answer.claims().has("sid")).isFalse();
        assertNoSession(door, person);
    }

    @ParameterizedTest
    @ValueSource(strings = {TokenType.ACCESS_TOKEN, TokenType.ID_TOKEN})
    void refusesOfflineAccessWithoutARefreshToken(String requested) {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person)
                .requested(requested)
                .scope("openid offline_access")
                .send();

        assertRefused(answer, 400, "invalid_scope", "scope_invalid", door.alias(), person.id());
    }

    private static void assertNoSession(Door door, Person person) {
        assertThat(Suite.admin().sessions(door.userId(person))).isEmpty();
        assertThat(Suite.admin().offlineSessions(door.userId(person), door.clientId()))
                .isEmpty();
    }
}
