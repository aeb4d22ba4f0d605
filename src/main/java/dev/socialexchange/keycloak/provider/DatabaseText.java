package dev.socialexchange.keycloak.provider;

import java.nio.charset.StandardCharsets;

/**
 * What Keycloak's database (26.7) takes as it is, whichever it is: PostgreSQL refuses a NUL, and half a surrogate pair would
 * become a question mark, like every other half.
 */
public final class DatabaseText {
    /** Ids, names and addresses. */
    private static final int MAX_NAME = 255;

    private static final int MAX_BROKER_SESSION = 1024;

    private DatabaseText() {}

    public static boolean isName(String value) {
        return is(value, MAX_NAME);
    }

    static boolean isBrokerSession(String value) {
        return is(value, MAX_BROKER_SESSION);
    }

    private static boolean is(String value, int max) {
        return value != null
                && value.length() <= max
                && value.codePoints().anyMatch(DatabaseText::isVisible)
                && value.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    /** Blanks of every alphabet, and marks that nobody sees, are no name. */
    private static boolean isVisible(int codePoint) {
        return !Character.isWhitespace(codePoint)
                && !Character.isSpaceChar(codePoint)
                && Character.getType(codePoint) != Character.FORMAT;
    }
}
