package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.StrictJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Signed fields as a front end got them: a JSON object of texts and whole numbers, or a query string. What could be read in
 * more than one way (a key that comes twice, a line break in a value) is refused and never guessed at.
 */
final class SignedFields {
    private static final int MAX_LENGTH = 8192;
    private static final int MAX_FIELDS = 64;

    private final SortedMap<String, String> fields = new TreeMap<>();

    private SignedFields() {}

    /** @return by key, in the order of their characters */
    static SortedMap<String, String> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw SignedToken.invalid("signed_data_too_long");
        }
        SignedFields parsed = new SignedFields();
        if (text.stripLeading().startsWith("{")) {
            parsed.readObject(text);
        } else {
            parsed.readQuery(text);
        }
        return parsed.fields;
    }

    private void readObject(String text) {
        JsonNode object = StrictJson.read(text).orElseThrow(SignedFields::unreadable); // duplicate keys included
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isTextual() && !value.isIntegralNumber()) {
                throw unreadable();
            }
            put(field.getKey(), value.asText());
        });
    }

    private void readQuery(String text) {
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw unreadable();
            }
            put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw unreadable();
        }
    }

    private void put(String key, String value) {
        boolean plain = key.matches("[a-z0-9_]{1,64}")
                && value.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(value); // half a surrogate pair would be signed as "?"
        if (!plain || fields.size() == MAX_FIELDS || fields.put(key, value) != null) {
            throw unreadable();
        }
    }

    private static RuntimeException unreadable() {
        return SignedToken.invalid("signed_data_unreadable");
    }
}
