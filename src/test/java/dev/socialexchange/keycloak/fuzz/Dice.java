package dev.socialexchange.keycloak.fuzz;

import dev.socialexchange.keycloak.OddJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Chance that can be had again. */
final class Dice {
    private static final List<String> ODD_TEXTS = List.of(
            "",
            " ",
            "\t",
            "\u0000",
            "a\u0000b",
            "\r\nSet-Cookie: a=b",
            "\u202egpj.exe",
            "\u200b",
            "\ufeff",
            "💥🔑",
            "ﬀﬃ",
            "K", // the Kelvin sign
            "null",
            "undefined",
            "NaN",
            "true",
            "-1",
            "0",
            "1e99999999999",
            "[]",
            "{}",
            "{\"a\":",
            "'\"<>&",
            "<script>alert(1)</script>",
            "../../etc/passwd",
            "..%2f..%2f",
            "%00",
            "%ff%fe",
            "${jndi:ldap://127.0.0.1/x}",
            "#{7*7}",
            "' OR '1'='1",
            "http://127.0.0.1:1/",
            "file:///etc/passwd",
            "urn:ietf:params:oauth:token-type:saml2",
            "a".repeat(255),
            "b".repeat(256),
            "c".repeat(4_000),
            "d".repeat(4_001),
            "e".repeat(20_001),
            "9".repeat(400),
            "🔑".repeat(1_000));

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    final <T> T one(T first, T... others) {
        int chosen = random.nextInt(others.length + 1);
        return chosen == 0 ? first : others[chosen - 1];
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** From 0, without the end. */
    int below(int end) {
        return random.nextInt(end);
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    String oddText() {
        return one(ODD_TEXTS);
    }

    /** A JSON value, or what could be taken for one. */
    String oddJson() {
        return one(chance(50) ? OddJson.readable() : OddJson.unreadable());
    }

    /** The text with one character changed, added, or taken away. */
    String damaged(String text) {
        if (text.isEmpty()) {
            return "x";
        }
        int place = below(text.length());
        String head = text.substring(0, place);
        String tail = text.substring(place + 1);
        return switch (below(4)) {
            case 0 -> head + tail;
            case 1 -> head + one("A", "-", "_", ".", "=", "+", "/", "%") + text.substring(place);
            case 2 -> head;
            default -> head + (text.charAt(place) == 'A' ? 'B' : 'A') + tail;
        };
    }

    /** Another order of the same. */
    <T> List<T> shuffled(List<T> items) {
        List<T> shuffled = new ArrayList<>(items);
        java.util.Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
