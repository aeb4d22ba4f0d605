package dev.socialexchange.keycloak.imports;

/** A line that is none. */
final class UnreadableLine extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String sourceId;

    /** @param sourceId {@code null} if that cannot be read, either */
    UnreadableLine(String code, String sourceId) {
        super(code, null, false, false);
        this.code = code;
        this.sourceId = sourceId;
    }

    String code() {
        return code;
    }

    String sourceId() {
        return sourceId;
    }
}
