package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.net.Outcome;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** A token endpoint's answer as a form, which was usual before RFC 6749: {@code access_token=…&token_type=bearer}. */
final class FormAnswer {
    private static final Set<String> TYPES = Set.of("application/x-www-form-urlencoded", "text/plain");
    private static final int MAX_FIELDS = 64;

    private FormAnswer() {}

    /** Texts by name; empty if it is none, or could be read in more than one way. */
    static Optional<JsonNode> parse(Outcome.Answer answer) {
        String type = answer.header("content-type").orElse("").split(";", 2)[0].strip();
        if (!TYPES.contains(type)) {
            return Optional.empty();
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || fields.size() == MAX_FIELDS) {
                return Optional.empty();
            }
            String name = pair.substring(0, equals);
            if (!name.matches("\\w+") || fields.has(name)) {
                return Optional.empty();
            }
            try {
                fields.put(name, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException notEncoded) {
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }
}
