package dev.socialexchange.keycloak.net;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
        private static final int MAX_DEPTH = 64;
        private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }

        /** The body as JSON; empty if it is none, has data after it, or nests too deeply. */
        public Optional<JsonNode> json() {
            return parse(body);
        }

        /** JSON from an untrusted source, with the limits that answers have. */
        public static Optional<JsonNode> parse(byte[] json) {
            try {
                JsonNode node = JSON.readTree(json);
                return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
            } catch (IOException notJson) {
                return Optional.empty(); // malformed, or in an encoding that is broken (CharConversionException)
            }
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
