package dev.socialexchange.keycloak.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The answers' JSON. A newer server may say more than this program knows. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    static Optional<JsonNode> read(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException none) {
            return Optional.empty();
        }
    }

    /** @throws CommandFailure if it is not of this shape: another program answers, or another version of the extension */
    static <T> T as(Class<T> type, JsonNode node) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException another) {
            throw CommandFailure.noAnswer(
                    "The server's answer is not one that this version of the command knows."
                            + " Take the command from the same build as the extension",
                    another);
        }
    }

    static String pretty(JsonNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
