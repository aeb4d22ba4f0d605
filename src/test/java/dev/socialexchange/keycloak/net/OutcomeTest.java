package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    void readsWhatOldServersWrite() {
        for (Charset charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_8)) {
            for (String mark : List.of("", "\ufeff")) {
                Outcome.Answer answer =
                        new Outcome.Answer(200, Map.of(), (mark + "{\"id\":\"Zoë\"}").getBytes(charset));

                assertThat(answer.json().map(json -> json.path("id").asText()))
                        .as("%s %s", charset, mark.isEmpty() ? "" : "with a mark")
                        .contains("Zoë");
            }
        }
        assertThat(new Outcome.Answer(200, Map.of(), new byte[] {0, '{', 0, '}', 0}).json())
                .as("half a character")
                .isEmpty();
    }

    @Test
    void anAnswerDoesNotShowItsBody() {
        assertThat(answer("secret")).hasToString("status 200");
    }

    private static Outcome.Answer answer(String body) {
        return new Outcome.Answer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
}
