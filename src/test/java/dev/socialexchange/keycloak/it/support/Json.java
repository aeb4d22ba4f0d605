package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reading and writing of what travels: bodies, and the payload of a JWT whose signature is somebody else's matter. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** A body that is empty or no JSON is a missing node: tests look at the status first. */
    public static JsonNode lenient(String body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    public static String write(Object value) {
        try {
            return value instanceof String text ? text : MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its text is JSON, also that of a string. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    public static JsonNode claims(String jwt) {
        String payload = jwt.split("\\.", 3)[1];
        return lenient(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }
}
