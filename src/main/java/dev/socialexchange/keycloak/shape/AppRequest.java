package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request as an app has sent it.
 *
 * @param path below the shape's own address, without a slash at either end
 * @param query each name with its only value
 * @param body an object; of a form, one of its values
 * @param bearer of the {@code Authorization} header
 */
public record AppRequest(
        String method, String path, Map<String, String> query, JsonNode body, Optional<String> bearer) {

    /**
     * A value of the body that is not blank.
     *
     * @throws ExchangeException if it is a list, of which two readers may take different ones, or an object
     */
    Optional<String> text(String name) {
        JsonNode value = body.path(name);
        if (value.isContainerNode()) {
            throw ExchangeException.refuse(ExchangeError.PARAMETER_INVALID, name + " has to be one text");
        }
        return value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(value.asText()).filter(text -> !text.isBlank());
    }

    /** Those of these that are there, by name. */
    Map<String, String> texts(String... names) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : names) {
            text(name).ifPresent(text -> texts.put(name, text));
        }
        return texts;
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
