package dev.socialexchange.keycloak.command;

import java.util.ArrayList;
import java.util.List;

/** Text of the server for a terminal or a log. A token's author writes part of it: it must not steer either. */
final class Printable {
    private Printable() {}

    /** On one line, without control, format and other invisible characters. */
    static String of(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("[\\p{C}\\u2028\\u2029]", "\uFFFD");
    }

    /** Broken into lines of at most this many characters, but for longer words. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : of(text).split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
