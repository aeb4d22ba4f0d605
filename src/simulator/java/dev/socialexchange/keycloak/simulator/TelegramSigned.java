package dev.socialexchange.keycloak.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Telegram signs for a bot at one moment. Fields may be set and removed before it is spelled; each spelling signs what
 * is there.
 *
 * @param person as Telegram knows them
 * @param changes to the signed fields; null removes one
 */
public record TelegramSigned(String botToken, Map<String, Object> person, Map<String, Object> changes) {

    /** Somebody else's bot. */
    public static final String FOREIGN_BOT = "1122334455:AAForeignForeignForeignForeignForeig";

    public enum Spelling {
        /** The object that the widget hands to the page's callback. */
        WIDGET_JSON,
        /** What the widget appends to the page's URL. */
        WIDGET_QUERY,
        /** {@code Telegram.WebApp.initData}. */
        MINI_APP
    }

    static TelegramSigned of(String botToken, Person person) {
        Map<String, Object> fields = new TreeMap<>(Map.of(
                "id", Long.valueOf(person.id()),
                "first_name", person.givenName(),
                "username", person.username(),
                "photo_url", "https://t.me/i/userpic/320/example.jpg"));
        if (person.familyName() != null) {
            fields.put("last_name", person.familyName());
        }
        Map<String, Object> now =
                new TreeMap<>(Map.of("auth_date", Instant.now().getEpochSecond()));
        return new TelegramSigned(botToken, fields, now);
    }

    /** Of the person for a widget, beside the person for a Mini App. */
    public TelegramSigned with(String field, Object value) {
        Map<String, Object> all = new TreeMap<>(changes);
        all.put(field, value);
        return new TelegramSigned(botToken, person, all);
    }

    public String as(Spelling spelling) {
        Map<String, Object> signed = signed(spelling);
        return spelling == Spelling.WIDGET_JSON ? Json.write(signed) : Forms.write(signed);
    }

    /** The fields with their hash. */
    public Map<String, Object> signed(Spelling spelling) {
        boolean miniApp = spelling == Spelling.MINI_APP;
        Map<String, Object> fields = miniApp
                ? new TreeMap<>(
                        Map.of("query_id", "AAExampleQuery", "signature", "example", "user", Json.write(person)))
                : new TreeMap<>(person);
        fields.putAll(changes);
        fields.values().removeIf(value -> value == null);
        fields.put("hash", hash(fields, miniApp));
        return fields;
    }

    private String hash(Map<String, Object> fields, boolean miniApp) {
        byte[] token = bytes(botToken);
        byte[] key = miniApp ? hmac(bytes("WebAppData"), token) : Digests.sha256(token);
        String lines = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("\n"));
        return HexFormat.of().formatHex(hmac(key, bytes(lines)));
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
