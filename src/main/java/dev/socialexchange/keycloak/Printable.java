package dev.socialexchange.keycloak;

/** What somebody has typed, fit for one line of a log, a message or a comment. */
public final class Printable {

    private Printable() {}

    /** With a question mark for whatever could end the line. */
    public static String of(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }
}
