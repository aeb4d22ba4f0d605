package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;

/** JSON, in which no name comes twice. */
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectReader WHOLE = MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** Empty if it cannot be read. */
    static Optional<JsonNode> lenient(String text) {
        try {
            return Optional.of(WHOLE.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    /** What stands there as JSON, or as a text that is JSON; a missing node for neither. */
    static JsonNode inside(JsonNode value) {
        JsonNode inner = value;
        while (inner.isTextual()) {
            inner = lenient(inner.asText()).orElseGet(MissingNode::getInstance);
        }
        return inner;
    }
}
