package dev.socialexchange.keycloak.bench;

/**
 * Something that is measured.
 *
 * @param maxRows that an answer may add to the database
 */
record Grant(String name, int maxRows, Requests requests) {

    /** Of grants that are not ours, and of first logins, whose rows are the user. */
    static final int ANY_ROWS = Integer.MAX_VALUE;
}
