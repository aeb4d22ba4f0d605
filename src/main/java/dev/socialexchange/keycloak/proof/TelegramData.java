package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.provider.TelegramBotToken;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What Telegram's Login Widget hands to a page, and {@code initData} of a Mini App: fields, and {@code hash}, which is
 * HMAC-SHA256 over all other fields that came, one {@code key=value} a line, sorted by key. The two have different keys, so
 * that neither passes for the other (core.telegram.org/widgets/login, core.telegram.org/bots/webapps).
 *
 * @param fields without {@code hash}, as they were signed; none has a line break, which would make two fields of one
 * @param hash 64 hex digits in lower case
 */
record TelegramData(SortedMap<String, String> fields, String hash) {
    private static final String MINI_APP_USER = "user";
    private static final String ID = "id";

    static TelegramData parse(String text) {
        SortedMap<String, String> fields = SignedFields.parse(text);
        String hash = fields.remove("hash");
        if (hash == null) {
            throw SignedToken.invalid("hash_missing");
        }
        if (!hash.matches("[0-9a-f]{64}")) {
            throw SignedToken.invalid("hash_malformed");
        }
        if (fields.containsKey(ID) == fields.containsKey(MINI_APP_USER)) {
            throw SignedToken.invalid("signed_data_of_nobody");
        }
        return new TelegramData(fields, hash);
    }

    private boolean ofMiniApp() {
        return fields.containsKey(MINI_APP_USER);
    }

    boolean signedFor(TelegramBotToken bot) {
        byte[] token = bot.text().getBytes(StandardCharsets.UTF_8);
        byte[] key = ofMiniApp()
                ? Digests.hmacSha256("WebAppData".getBytes(StandardCharsets.UTF_8), token)
                : Digests.sha256(token);
        String signed = fields.entrySet().stream()
                .map(field -> field.getKey() + '=' + field.getValue())
                .collect(Collectors.joining("\n"));
        return Digests.same(Digests.hmacSha256Hex(key, signed), hash);
    }

    /** Seconds since the epoch. */
    long authenticatedAt() {
        String date = fields.getOrDefault("auth_date", "");
        if (!date.matches("\\d{1,12}")) {
            throw SignedToken.invalid("auth_date_missing");
        }
        return Long.parseLong(date);
    }

    /** Whom the data is about: the widget's fields, or a Mini App's user. */
    JsonNode person() {
        if (ofMiniApp()) {
            return StrictJson.read(fields.get(MINI_APP_USER))
                    .filter(JsonNode::isObject)
                    .orElseThrow(() -> SignedToken.invalid("user_unreadable"));
        }
        ObjectNode person = JsonNodeFactory.instance.objectNode();
        fields.forEach(person::put);
        return person;
    }

    /** A record would print the person. */
    @Override
    public String toString() {
        return ofMiniApp() ? "initData" : "widget data";
    }
}
