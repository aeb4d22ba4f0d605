package dev.socialexchange.keycloak.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/** What every refusal must look like: status, codes, headers, the event's reason, and nothing left behind. */
public final class Refusals {

    private Refusals() {}

    /** The answer's shape and codes, and the event that goes with it. */
    public static void assertRefused(Answer answer, int status, String error, String reason) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.error()).as(answer.body()).isEqualTo(error);
        assertThat(answer.errorReason()).as(answer.body()).isEqualTo(reason);
        assertThat(answer.text("error_description")).isNotBlank();
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    /** As {@link #assertRefused(Answer, int, String, String)}, for a token of a provider: no user came of it. */
    public static void assertRefused(
            Answer answer, int status, String error, String reason, String alias, String subject) {
        assertRefused(answer, status, error, reason);
        assertThat(Suite.linked(alias, subject))
                .as("users linked to the refused account")
                .isEmpty();
    }

    /** The newest error event of a client carries this reason. Events are written in their own transaction, at once. */
    public static void assertEvent(String clientId, String reason) {
        JsonNode events = Suite.admin().events("type=TOKEN_EXCHANGE_ERROR&client=" + Http.encode(clientId) + "&max=50");
        assertThat(StreamSupport.stream(events.spliterator(), false)
                        .map(event -> event.path("details").path("reason").asText()))
                .anySatisfy(found -> assertThat(found).startsWith(reason));
    }
}
