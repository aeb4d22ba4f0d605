package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** A form of which every field comes once: of two of a name, two readers would take different ones. */
final class FormBody {
    private static final int MAX_FIELDS = 64;

    private FormBody() {}

    /** @return its fields as members, all texts */
    static ObjectNode parse(String body) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || fields.size() == MAX_FIELDS) {
                throw SignalRefusal.malformed("form_unreadable");
            }
            String name = decoded(pair.substring(0, equals));
            if (fields.has(name)) {
                throw SignalRefusal.malformed("form_field_twice");
            }
            fields.put(name, decoded(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw SignalRefusal.malformed("form_unreadable");
        }
    }
}
