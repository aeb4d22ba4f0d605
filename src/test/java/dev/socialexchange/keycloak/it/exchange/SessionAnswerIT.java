package dev.socialexchange.keycloak.it.exchange;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer to a request for a session: absent {@code requested_token_type}, or a refresh token. */
class SessionAnswerIT {

    @Test
    void publicClientGetsAccessRefreshAndIdToken() {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).scope("openid").send();

        assertSession(door, answer, person);
    }

    @Test
    void confidentialClientGetsThemWithItsSecretInTheHeader() {
        Door door = Door.confidential();
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).scope("openid").send();

        assertSession(door, answer, person);
    }

    @Test
    void confidentialClientGetsThemWithItsSecretInTheBody() {
        Door door = Door.confidential();
        Person person = Suite.newPerson();

        Answer answer = Suite.tokens()
                .exchange(door.alias())
                .as(door.clientId())
                .param("client_secret", door.secret())
                .subjectToken(Door.idToken(person))
                .type(TokenType.ID_TOKEN)
                .scope("openid")
                .send();

        assertSession(door, answer, person);
    }

    private static void assertSession(Door door, Answer answer, Person person) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(answer.text("issued_token_type")).isEqualTo(TokenType.ACCESS_TOKEN);
        assertThat(answer.json().path("user_created").isBoolean()).isTrue();
        assertThat(answer.json().path("expires_in").asInt()).isPositive();
        JsonNode access = answer.claims();
        JsonNode id = Json.claims(answer.text("id_token"));
        JsonNode refresh = Json.claims(answer.refreshToken());
        assertThat(access.path("azp").asText()).isEqualTo(door.clientId());
        assertThat(access.path("sub").asText()).isEqualTo(door.userId(person)).isNotEmpty();
        assertThat(id.path("aud").asText()).isEqualTo(door.clientId());
        assertThat(id.path("sub")).isEqualTo(access.path("sub"));
        assertThat(id.path("at_hash").asText()).isNotEmpty();
        assertThat(refresh.path("typ").asText()).isEqualTo("Refresh");
        assertThat(access.path("sid").asText())
                .isNotEmpty()
                .isEqualTo(id.path("sid").asText())
                .isEqualTo(refresh.path("sid").asText());
    }

    @Test
    void answersNoIdTokenWithoutTheScopeOpenid() {
        Answer answer = Door.open().exchange(Suite.newPerson()).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().has("id_token")).isFalse();
        assertThat(answer.refreshToken()).isNotEmpty();
    }

    @Test
    void refreshTokenAskedForByNameIsWhatWasIssued() {
        Answer answer = Door.open()
                .exchange(Suite.newPerson())
                .requested(TokenType.REFRESH_TOKEN)
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("issued_token_type")).isEqualTo(TokenType.REFRESH_TOKEN);
        assertThat(answer.accessToken()).isNotEmpty();
        assertThat(answer.refreshToken()).isNotEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = TokenType.REFRESH_TOKEN)
    void answersNoRefreshTokenWhereTheClientUsesNone(String requested) {
        Door door = Door.open(client -> client.withObject("/attributes").put("use.refresh.tokens", "false"));
        TokenRequest request = door.exchange(Suite.newPerson());

        Answer answer = (requested == null ? request : request.requested(requested)).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(answer.text("issued_token_type")).isEqualTo(TokenType.ACCESS_TOKEN);
        assertThat(answer.claims().path("sid").asText()).isNotEmpty();
    }

    @Test
    void refreshTokenRefreshes() {
        for (Door door : new Door[] {Door.open(), Door.confidential()}) {
            Answer first = door.exchange(Suite.newPerson()).scope("openid").send();

            Answer second = door.refresh(first.refreshToken());

            assertThat(second.status()).as(second.body()).isEqualTo(200);
            assertThat(second.claims().path("sid")).isEqualTo(first.claims().path("sid"));
            assertThat(second.claims().path("sub")).isEqualTo(first.claims().path("sub"));
            assertThat(second.claims().path("jti")).isNotEqualTo(first.claims().path("jti"));
            assertThat(second.text("id_token")).isNotEmpty();
        }
    }

    @Test
    void sessionShowsInTheAdminConsoleAndEndsThere() {
        Door door = Door.open();
        Person person = Suite.newPerson();
        Answer answer = door.exchange(person).send();
        String user = door.userId(person);

        JsonNode sessions = Suite.admin().sessions(user);

        assertThat(sessions).hasSize(1);
        assertThat(sessions.path(0).path("id")).isEqualTo(answer.claims().path("sid"));
        assertThat(sessions.path(0).path("username")).isEqualTo(answer.claims().path("preferred_username"));
        assertThat(sessions.path(0).path("ipAddress").asText()).isNotEmpty();
        assertThat(sessions.path(0).path("clients"))
                .anyMatch(client -> door.clientId().equals(client.asText()));
        Suite.admin().delete("/sessions/" + sessions.path(0).path("id").asText());
        assertThat(door.refresh(answer.refreshToken()).error()).isEqualTo("invalid_grant");
    }

    @Test
    void sessionNotesOfABrowserLoginReachTheMappers() {
        Door door = Door.open(client -> {
            for (String note : new String[] {"identity_provider", "identity_provider_identity"}) {
                Door.addMapper(
                        client,
                        "oidc-usersessionmodel-note-mapper",
                        Map.of("user.session.note", note, "claim.name", note, "access.token.claim", "true"));
            }
        });
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).send();

        assertThat(answer.claims().path("identity_provider").asText()).isEqualTo(door.alias());
        assertThat(answer.claims().path("identity_provider_identity").asText()).isEqualTo(person.username());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "access_token",
                "urn:ietf:params:oauth:token-type:saml2",
                "urn:ietf:params:oauth:token-type:jwt",
                "urn:ietf:params:oauth:token-type:access_token urn:ietf:params:oauth:token-type:id_token"
            })
    void refusesRequestedTokenTypeThatItDoesNotIssue(String requested) {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).requested(requested).send();

        assertRefused(answer, 400, "invalid_request", "requested_token_type_unsupported", door.alias(), person.id());
    }
}
