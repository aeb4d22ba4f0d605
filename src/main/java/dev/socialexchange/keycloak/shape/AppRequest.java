package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * A request as an app has sent it.
 *
 * @param path below the shape's own address, without a slash at either end
 * @param query each name with its first value
 * @param body an object; of a form, one of its first values
 * @param bearer of the {@code Authorization} header
 */
public record AppRequest(
        String method, String path, Map<String, String> query, JsonNode body, Optional<String> bearer) {

    /** A value of the body that is a text or a number, and not blank. */
    Optional<String> text(String name) {
        return Optional.of(body.path(name))
                .filter(value -> value.isValueNode() && !value.isNull())
                .map(JsonNode::asText)
                .filter(value -> !value.isBlank());
    }

    boolean is(String aMethod, String aPath) {
        return method.equals(aMethod) && path.equals(aPath);
    }

    /** A record would print tokens. */
    @Override
    public String toString() {
        return method + ' ' + path;
    }
}
