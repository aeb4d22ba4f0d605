package dev.socialexchange.keycloak.stream;

/** Text of a transmitter for a terminal or a log: it must not steer either. */
final class Printable {
    private static final int MOST = 2000;

    private Printable() {}

    /** On one line, without control, format and other invisible characters. */
    static String of(String text) {
        String plain = text.replaceAll("\\s+", " ").replaceAll("[\\p{C}\\u2028\\u2029]", "\uFFFD");
        return plain.length() > MOST ? plain.substring(0, MOST) + "…" : plain;
    }
}
