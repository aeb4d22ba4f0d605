package dev.socialexchange.keycloak.it.exchange;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.OddJson;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that no careful reader takes is a bad token, or a provider's trouble, and never an error of ours. */
@OlderKeycloakOnDemand
class OddJsonIT {
    private static Door door;

    @BeforeAll
    static void openDoor() {
        door = Door.open();
    }

    static Stream<String> unreadable() {
        return OddJson.unreadable().stream().filter(json -> json.length() < 10_000);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("unreadable")
    void refusesATokenOfTheProviderWithAClaimThatCannotBeRead(String json) {
        assertInvalid(header -> header, claims -> claims.replaceFirst("\\{", "{\"anything\":" + quoted(json) + ","));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("unreadable")
    void refusesATokenOfTheProviderWithAHeaderThatCannotBeRead(String json) {
        assertInvalid(header -> header.replaceFirst("\\{", "{\"anything\":" + quoted(json) + ","), claims -> claims);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud", "exp", "iat"})
    void refusesATokenOfTheProviderWithAClaimThatComesTwice(String claim) {
        assertInvalid(header -> header, claims -> claims.replaceFirst("\\{", "{\"" + claim + "\":\"twice\","));
    }

    @Test
    void refusesATokenOfTheProviderWithAnAlgorithmThatComesTwice() {
        assertInvalid(header -> header.replaceFirst("\\{", "{\"alg\":\"none\","), claims -> claims);
    }

    private static void assertInvalid(UnaryOperator<String> header, UnaryOperator<String> claims) {
        Person person = Suite.newPerson();
        String token = Suite.providers().acme().idTokenText("acme-client", person, header, claims);

        Answer answer =
                door.request().subjectToken(token).type(TokenType.ID_TOKEN).send();

        assertRefused(answer, 400, "invalid_request", "token_invalid", door.alias(), person.id());
        assertThat(door.event("TOKEN_EXCHANGE_ERROR")
                        .path("details")
                        .path("reason")
                        .asText())
                .isEqualTo("token_invalid: not_a_jws");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/userinfo", "/introspect"})
    void anAnswerOfTheProviderThatCannotBeReadIsItsTrouble(String path) {
        for (String json :
                List.of("1e99999999999", "{\"a\":1,\"a\":2}", "[".repeat(100) + "]".repeat(100), "9".repeat(5000))) {
            Person person = Suite.newPerson();
            String token = Suite.providers().acme().accessToken("acme-client", person);
            Suite.providers()
                    .fault(
                            "acme.example",
                            path,
                            Fault.rewritten(body -> body.replaceFirst("\\{", "{\"anything\":" + json + ","))
                                    .forToken(token));

            Answer answer = door.request()
                    .subjectToken(token)
                    .type(TokenType.ACCESS_TOKEN)
                    .send();

            assertRefused(answer, 503, "temporarily_unavailable", "provider_unavailable", door.alias(), person.id());
        }
    }

    /** For {@code replaceFirst}. */
    private static String quoted(String json) {
        return java.util.regex.Matcher.quoteReplacement(json);
    }
}
