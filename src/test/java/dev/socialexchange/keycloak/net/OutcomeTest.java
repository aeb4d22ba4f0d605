package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}{}", "{'a':1}", "NaN", "<html>"})
    void textThatIsNoJsonIsNone(String text) {
        assertThat(Outcome.Answer.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void bytesThatLookLikeUtf32AndAreNoneAreNoJson() {
        assertThat(Outcome.Answer.parse(new byte[] {0, 0, 0, '{', -1, -1, -1, -1}))
                .isEmpty();
        assertThat(Outcome.Answer.parse(new byte[] {'{', 0, 0, 0, -1, -1, -1, -1}))
                .isEmpty();
    }

    @Test
    void nestingThatEndsNowhereIsNoJson() {
        assertThat(Outcome.Answer.parse("[".repeat(65).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
