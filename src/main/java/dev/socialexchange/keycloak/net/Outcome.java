package dev.socialexchange.keycloak.net;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.StrictJson;
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
            return StrictJson.read(body);
        }

        /** A record would print the body. */
        @Override
        public String toString() {
            return "status " + status;
        }
    }

    /** The provider gave no usable answer. */
    record Failure(Cause cause) implements Outcome {}

    enum Cause {
        DEADLINE,
        CONNECTION,
        ANSWER_TOO_LARGE,
        SHARE_EXHAUSTED;

        /** For events and logs. */
        public String detail() {
            return "provider_" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
