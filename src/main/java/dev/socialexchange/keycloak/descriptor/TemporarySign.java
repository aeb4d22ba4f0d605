package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sign in a provider's answer that it means "later", whatever its status.
 *
 * @param pointer into the body, or a {@code header} is given (in lower case)
 * @param values that mean it
 */
public record TemporarySign(
        @Key("Where in the answer; or header is given") Pointers pointer,
        @Key("The header field, in lower case") Optional<String> header,
        @Key(value = "What means it", required = true) List<String> values) {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /**
     * Whether a refusal with this status, headers and body is temporary, by a provider's own signs or by its status. Who
     * says when to come back means "later" with a 403, too, as GitHub's secondary rate limit does.
     */
    public static boolean is(List<TemporarySign> signs, int status, Map<String, String> headers, JsonNode body) {
        return status == TOO_MANY_REQUESTS
                || status >= SERVER_ERROR
                || headers.containsKey("retry-after")
                || signs.stream().anyMatch(sign -> sign.isIn(headers, body));
    }

    private boolean isIn(Map<String, String> headers, JsonNode body) {
        return pointer.texts(body).anyMatch(values::contains)
                || header.filter(name -> values.contains(headers.getOrDefault(name, "")))
                        .isPresent();
    }
}
