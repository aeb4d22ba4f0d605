package dev.socialexchange.keycloak.net;

/** What a caller's last attempts at a host say of the next one; the better comes first. */
enum Standing {
    /** Nobody's: the work is for everybody. */
    EVERYBODY,
    /** Has had a token accepted lately. */
    PROVEN,
    /** Nothing is known. */
    UNKNOWN,
    /** Has had tokens refused, one after the other. */
    FAILING;

    /** No success lately. */
    boolean isStranger() {
        return this == UNKNOWN || this == FAILING;
    }
}
