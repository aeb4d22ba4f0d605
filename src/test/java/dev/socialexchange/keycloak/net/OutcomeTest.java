package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an answer says, and what it does not show. */
class OutcomeTest {

    @Test
    void aBodyThatIsNoJsonIsNone() {
        assertThat(answer("{\"id\":1}").json()).isPresent();
        assertThat(answer("<html/>").json()).isEmpty();
        assertThat(answer("{\"id\":1e99999999999}").json()).isEmpty();
    }

    @Test
    void anAnswerDoesNotShowItsBody() {
        assertThat(answer("secret")).hasToString("status 200");
    }

    private static Outcome.Answer answer(String body) {
        return new Outcome.Answer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
}
