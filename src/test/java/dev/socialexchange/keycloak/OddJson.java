package dev.socialexchange.keycloak;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** JSON of every sort that no provider sends on purpose, to be put wherever JSON is read. */
public final class OddJson {
    /** Stands for a value in a document that is otherwise in order. */
    public static final String PLACE = "\"\u0001\"";

    private OddJson() {}

    /** Values that are JSON, if only just. */
    public static List<String> readable() {
        return List.of(
                "null",
                "true",
                "false",
                "0",
                "-0",
                "-0.0",
                "-1",
                "1.0",
                "1e2",
                "1E-7",
                "1e400",
                "-1e999",
                "1e-999",
                "9007199254740993",
                "9223372036854775808",
                "-9223372036854775809",
                "18446744073709551617",
                "9".repeat(99),
                "0." + "1".repeat(97),
                "\"\"",
                "\" \"",
                "\"\\t\"",
                "\"\\u0000\"",
                "\"a\\u0000b\"",
                "\"a\\nb\"",
                "\"\\ud83e\"",
                "\"\\udd11\\ud83d\"",
                "\"\\ufeff\"",
                "\"\\u202eevil\"",
                "\"1e99999999999\"",
                "\"-1\"",
                "\"99999999999999999999999999\"",
                "\"" + "x".repeat(255) + "\"",
                "\"" + "x".repeat(256) + "\"",
                "\"" + "\\ud83d\\udd11".repeat(128) + "\"",
                "\"" + "x".repeat(5_000) + "\"",
                "[]",
                "[null]",
                "[\"\"]",
                "[[]]",
                "[1,\"1\",{}]",
                "{}",
                "{\"\":\"\"}",
                "{\"id\":\"1\"}",
                "{\"\\u0000\":1}",
                "{\"" + "n".repeat(1_000) + "\":1}",
                nested("[", "]", 40),
                nested("{\"a\":", "}", 40));
    }

    /** Values that no careful reader takes: a whole document with one of them is none. */
    public static List<String> unreadable() {
        return List.of(
                "1e1000",
                "1e-1000",
                "1e99999999999",
                "-1e99999999999",
                "1e-99999999999",
                "1e2147483647",
                "1e-2147483648",
                "1.5E+2147483648",
                "0e99999999999",
                "9".repeat(101),
                "1" + "0".repeat(90) + "e1000",
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "0x10",
                "NaN",
                "Infinity",
                "-Infinity",
                "undefined",
                "'text'",
                "\"text",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12\"",
                "[1,]",
                "[1",
                "{\"a\"}",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"b\":{\"a\":1,\"a\":1}}",
                "1/*comment*/",
                "1//comment\n",
                "{\"" + "n".repeat(2_000) + "\":1}",
                nested("[", "]", 70),
                nested("{\"a\":", "}", 70));
    }

    /** The same on the scale of an attack. */
    public static List<String> huge() {
        return List.of(
                "9".repeat(100_000),
                "0." + "0".repeat(100_000) + "1",
                nested("[", "]", 100_000),
                "[".repeat(100_000),
                "{\"a\":".repeat(50_000));
    }

    public static Stream<String> values() {
        return Stream.concat(readable().stream(), unreadable().stream());
    }

    /** The document with each odd value in the place of {@link #PLACE}. */
    public static Stream<String> in(String document) {
        return values().map(value -> document.replace(PLACE, value));
    }

    /** Whole documents in encodings, or with something around them, that are not allowed, by what is wrong with them. */
    public static Map<String, byte[]> brokenFormsOf(String document) {
        byte[] utf8 = document.getBytes(StandardCharsets.UTF_8);
        List<byte[]> invalid = new ArrayList<>();
        invalid.add(new byte[] {'"', (byte) 0xc3, '"'});
        invalid.add(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'});
        invalid.add(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'});
        return Map.ofEntries(
                Map.entry("nothing", new byte[0]),
                Map.entry("a blank", new byte[] {' '}),
                Map.entry("a NUL", new byte[] {0}),
                Map.entry("UTF-16BE", document.getBytes(StandardCharsets.UTF_16BE)),
                Map.entry("UTF-16LE", document.getBytes(StandardCharsets.UTF_16LE)),
                Map.entry("UTF-16", document.getBytes(StandardCharsets.UTF_16)),
                Map.entry("UTF-32BE", document.getBytes(Charset.forName("UTF-32BE"))),
                Map.entry("UTF-32LE", document.getBytes(Charset.forName("UTF-32LE"))),
                Map.entry("half a character", invalid.get(0)),
                Map.entry("an overlong NUL", invalid.get(1)),
                Map.entry("half a surrogate pair", invalid.get(2)),
                Map.entry("cut off", java.util.Arrays.copyOf(utf8, utf8.length - 1)),
                Map.entry("a second document", (document + document).getBytes(StandardCharsets.UTF_8)),
                Map.entry("a word behind it", (document + " x").getBytes(StandardCharsets.UTF_8)),
                Map.entry("a NUL behind it", (document + "\0").getBytes(StandardCharsets.UTF_8)),
                Map.entry("HTML", "<html>{}</html>".getBytes(StandardCharsets.UTF_8)));
    }

    private static String nested(String open, String close, int levels) {
        return open.repeat(levels) + "1" + close.repeat(levels);
    }
}
