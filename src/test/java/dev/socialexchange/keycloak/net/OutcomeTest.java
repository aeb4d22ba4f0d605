package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "no json", "{", "{} {}", "{}x", "<html/>", "{\"a\":NaN}", "{'a':1}"})
    void whatIsNotOneJsonDocumentIsNone(String body) {
        assertThat(parse(body)).isEmpty();
    }

    @Test
    void nestsToALimit() {
        assertThat(parse("[".repeat(64) + "]".repeat(64))).isPresent();
        assertThat(parse("[".repeat(65) + "]".repeat(65))).isEmpty();
    }

    @Test
    void brokenEncodingsAreNoJson() {
        assertThat(Outcome.Answer.parse(new byte[] {0, 0, 0, '{', 0x7f, -1, -1, -1}))
                .isEmpty();
        assertThat(Outcome.Answer.parse(new byte[] {'"', (byte) 0xc3, '"'})).isEmpty();
        assertThat(Outcome.Answer.parse(new byte[] {0})).isEmpty();
    }

    @Test
    void numbersKeepTheirDigits() {
        assertThat(parse("{\"id\":123456789012345678901234567890}")
                        .orElseThrow()
                        .path("id")
                        .asText())
                .isEqualTo("123456789012345678901234567890");
        assertThat(parse("{\"id\":9007199254740993}").orElseThrow().path("id").asText())
                .isEqualTo("9007199254740993");
    }

    private static Optional<JsonNode> parse(String body) {
        return Outcome.Answer.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
