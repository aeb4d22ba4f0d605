package dev.socialexchange.keycloak.net;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.StrictJson;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of a {@link Call}: an answer with any status, or none. */
public sealed interface Outcome {

    /**
     * The provider answered.
     *
     * @param headers by lower-case name, the first value each
     * @param body complete and within the size limit
     */
    record Answer(int status, Map<String, String> headers, byte[] body) implements Outcome {
        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }

        /** The body as JSON; empty if it is none that {@link StrictJson} reads. */
        public Optional<JsonNode> json() {
            return StrictJson.readOfOldServer(body);
        }

        /** A record would print the body. */
        @Override
        public String toString() {
            return "status " + status;
        }
    }

    /**
     * The provider gave no usable answer.
     *
     * @param trouble what is known of why, for administrators
     */
    record Failure(Cause cause, Trouble trouble) implements Outcome {

        public Failure(Cause cause) {
            this(cause, Trouble.UNSAID);
        }
    }

    enum Cause {
        DEADLINE,
        CONNECTION,
        ANSWER_TOO_LARGE,
        /** All places at the host are taken, and it does not answer. */
        SHARE_EXHAUSTED,
        /** The host answers, but too many here want to ask it. */
        BUSY_HERE;

        private static final String STUCK =
                "Too many are waiting for the identity provider, which does not answer now; try again later";
        private static final String BUSY = "Too many are waiting for the identity provider here; try again in a moment";
        private static final int BUSY_SECONDS = 2;

        /** For events and logs. */
        public String detail() {
            return "provider_" + name().toLowerCase(Locale.ROOT);
        }

        /** What an exchange is told that it could not go on for this. */
        public ExchangeException refusal() {
            return switch (this) {
                case SHARE_EXHAUSTED ->
                    ExchangeException.unavailable(STUCK, detail(), ExchangeException.RETRY_AFTER_SECONDS);
                case BUSY_HERE -> ExchangeException.unavailable(BUSY, detail(), BUSY_SECONDS);
                case DEADLINE, CONNECTION, ANSWER_TOO_LARGE -> ExchangeException.unavailable(detail());
            };
        }
    }
}
