package dev.socialexchange.keycloak.it.exchange;

import static dev.socialexchange.keycloak.it.support.Refusals.assertEvent;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One refusal for everything that can be wrong with a request before anybody is asked anything. */
class ParameterRefusalIT {
    /** Keycloak (26) drops parameters that are longer than 4000 characters, instead of refusing them. */
    private static final String DROPPED = "a".repeat(4001);

    private static final String NOT_SEEN = "Keycloak 26.6 removes them from the only form that it shows";

    @Test
    void refusesMissingParameter() {
        Door door = Door.open();

        assertRefused(door.request().type(TokenType.ID_TOKEN).send(), 400, "invalid_request", "parameter_missing");
        assertRefused(door.request().send(), 400, "invalid_request", "parameter_missing");
        assertEvent(door.clientId(), "parameter_missing");
    }

    /** As Keycloak's first exchange took it; what it is not, it is not without a type either. */
    @Test
    void aTokenWithoutATypeIsAnAccessToken() {
        Door door = Door.open();
        Person person = Suite.newPerson();

        assertRefused(
                door.request().subjectToken(Door.idToken(person)).send(),
                400,
                "invalid_request",
                "token_kind_mismatch",
                door.alias(),
                person.id());
        assertThat(door.request()
                        .subjectToken(Suite.providers().acme().accessToken("acme-client", person))
                        .type(" ")
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(door.event("TOKEN_EXCHANGE")
                        .at("/details/subject_token_type")
                        .asText())
                .isEqualTo("access_token");
        assertThat(Suite.linked(door.alias(), person.id())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'', token, type", "'   ', token, type", "alias, '', type", "alias, ' ', type"})
    void refusesBlankParameter(String alias, String token, String type) {
        Door door = Door.open();

        Answer answer = door.authenticated(Suite.tokens().exchange(alias.equals("alias") ? door.alias() : alias))
                .subjectToken(token)
                .type(type.equals("type") ? TokenType.ID_TOKEN : type)
                .send();

        assertRefused(answer, 400, "invalid_request", "parameter_missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id_token",
                "urn:ietf:params:oauth:token-type:ID_TOKEN",
                TokenType.ID_TOKEN + " ",
                TokenType.REFRESH_TOKEN,
                TokenType.SIGNED_DATA,
                "urn:ietf:params:oauth:token-type:saml2",
                "пропуск"
            })
    void refusesSubjectTokenTypeThatNoProviderHas(String type) {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer =
                door.request().subjectToken(Door.idToken(person)).type(type).send();

        assertRefused(answer, 400, "invalid_request", "token_type_unsupported", door.alias(), person.id());
    }

    @Test
    void refusesKindThatTheProviderIsNotSetUpFor() {
        Door door = Door.open();
        Person person = Suite.newPerson();
        Suite.admin().configureIdentityProvider(door.alias(), Map.of("exchangeTokenTypes", "access_token"));

        Answer answer = door.exchange(person).send();

        assertRefused(answer, 400, "invalid_request", "token_type_unsupported", door.alias(), person.id());
        assertThat(answer.text("error_description")).contains("access_token");
    }

    static Stream<Arguments> parametersThatDoNotGoTogether() {
        return Stream.of(
                arguments(TokenType.ID_TOKEN, "requested_issuer", "google"),
                arguments(TokenType.ID_TOKEN, "requested_issuer", ""),
                arguments(TokenType.ID_TOKEN, "requested_subject", "carol"),
                arguments(TokenType.ID_TOKEN, "actor_token", "token"),
                arguments(TokenType.ID_TOKEN, "actor_token_type", TokenType.ACCESS_TOKEN),
                arguments(TokenType.ID_TOKEN, "resource", "https://api.example"),
                arguments(TokenType.ID_TOKEN, "redirect_uri", "https://front.example/cb"),
                arguments(TokenType.ID_TOKEN, "code_verifier", "v".repeat(43)),
                arguments(TokenType.ACCESS_TOKEN, "redirect_uri", "https://front.example/cb"),
                arguments(TokenType.ACCESS_TOKEN, "code_verifier", "v".repeat(43)),
                arguments(TokenType.ACCESS_TOKEN, "nonce", "n-0S6_WzA2Mj"),
                arguments(TokenType.ACCESS_TOKEN, "access_token", "another"),
                arguments(TokenType.AUTHORIZATION_CODE, "access_token", "another"));
    }

    static Stream<Arguments> parametersThatAreNotWellFormed() {
        return Stream.of(
                arguments(TokenType.ID_TOKEN, "nonce", ""),
                arguments(TokenType.ID_TOKEN, "nonce", "n".repeat(513)),
                arguments(TokenType.ID_TOKEN, "access_token", ""),
                arguments(TokenType.ID_TOKEN, "access_token", "two words"),
                arguments(TokenType.AUTHORIZATION_CODE, "code_verifier", "v".repeat(42)),
                arguments(TokenType.AUTHORIZATION_CODE, "code_verifier", "v".repeat(129)),
                arguments(TokenType.AUTHORIZATION_CODE, "code_verifier", "v".repeat(43) + "+"),
                arguments(TokenType.AUTHORIZATION_CODE, "code_verifier", ""),
                arguments(TokenType.AUTHORIZATION_CODE, "redirect_uri", "https://front.example/" + "a".repeat(2048)));
    }

    @ParameterizedTest
    @MethodSource({"parametersThatDoNotGoTogether", "parametersThatAreNotWellFormed"})
    void refusesParameterThatCannotBeMeant(String type, String name, String value) {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer = door.request()
                .subjectToken(Door.idToken(person))
                .type(type)
                .param(name, value)
                .send();

        assertRefused(answer, 400, "invalid_request", "parameter_invalid", door.alias(), person.id());
        assertThat(answer.text("error_description")).contains(name);
        assertEvent(door.clientId(), "parameter_invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonce",
                "scope",
                "audience",
                "requested_token_type",
                "redirect_uri",
                "code_verifier",
                "access_token",
                "requested_issuer"
            })
    @DisabledIfSystemProperty(named = "keycloak.version", matches = "26\\.6\\..*", disabledReason = NOT_SEEN)
    void refusesParameterThatKeycloakDrops(String name) {
        refusesParameterThatCannotBeMeant(TokenType.ID_TOKEN, name, DROPPED);
    }

    @Test
    @DisabledIfSystemProperty(named = "keycloak.version", matches = "26\\.6\\..*", disabledReason = NOT_SEEN)
    void refusesAliasAndTypeThatKeycloakDrops() {
        Door door = Door.open();

        Answer alias = door.authenticated(Suite.tokens().exchange(DROPPED))
                .subjectToken("token")
                .type(TokenType.ID_TOKEN)
                .send();
        Answer type = door.request().subjectToken("token").type(DROPPED).send();

        assertRefused(alias, 400, "invalid_request", "parameter_invalid");
        assertRefused(type, 400, "invalid_request", "parameter_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tökén", "to ken", "\u202etoken", "token\u00a0", "\ud83d\udd11"})
    void refusesTokenWithCharactersThatNoTokenHas(String token) {
        for (String type : new String[] {TokenType.ID_TOKEN, TokenType.ACCESS_TOKEN, TokenType.AUTHORIZATION_CODE}) {
            Answer answer = Door.open().request().subjectToken(token).type(type).send();

            assertRefused(answer, 400, "invalid_request", "parameter_invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type",
                "subject_issuer",
                "subject_token",
                "subject_token_type",
                "scope",
                "requested_token_type",
                "nonce"
            })
    void keycloakRefusesDuplicatesInItsOwnShape(String name) {
        Door door = Door.open();
        Person person = Suite.newPerson();
        TokenRequest request = door.exchange(person)
                .scope("openid")
                .requested(TokenType.ACCESS_TOKEN)
                .param("nonce", "n");

        Answer answer = request.param(name, "twice").send();

        assertKeycloaks(answer, "duplicated parameter");
        assertThat(Suite.linked(door.alias(), person.id())).isEmpty();
    }

    @Test
    void keycloakRefusesOversizedTokenInItsOwnShape() {
        Answer answer = Door.open()
                .request()
                .subjectToken("t".repeat(20001))
                .type(TokenType.ACCESS_TOKEN)
                .send();

        assertKeycloaks(answer, "The size of OIDC parameter 'subject_token' is longer than allowed.");
    }

    private static void assertKeycloaks(Answer answer, String description) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_request");
        assertThat(answer.text("error_description")).isEqualTo(description);
        assertThat(answer.json().has("error_reason")).isFalse();
    }
}
