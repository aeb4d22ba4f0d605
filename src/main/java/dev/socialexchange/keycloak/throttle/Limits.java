package dev.socialexchange.keycloak.throttle;

/**
 * The server's options; what a provider's settings say comes first.
 *
 * @param failures in vain per minute and address, from which on they are told no more than that; 0: however many
 * @param visits per minute and address at doors that prove nothing; 0: however many
 * @param calls per minute, provider and client, that prove nothing; 0: however many
 */
record Limits(int failures, int visits, int calls) {
    static final Limits DEFAULT = new Limits(100, 1200, 600);

    /** What one request adds to a level. */
    static long part(int limit) {
        return limit == 0 ? 0 : Levels.LIMIT / limit;
    }
}
