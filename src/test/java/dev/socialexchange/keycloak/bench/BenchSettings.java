package dev.socialexchange.keycloak.bench;

import java.time.Duration;

/**
 * What the command line says.
 *
 * @param rounds per setting, in each of which every grant has its turn: {@code -Dbench.seconds}
 * @param users that the realm has beside those who return: {@code -Dbench.users}
 * @param jdbcUrl of an empty PostgreSQL database, user and password included; null for one of our own: {@code -Dbench.jdbc}
 * @param javaOptions further ones for Keycloak, for profiling: {@code -Dbench.javaOptions}
 */
record BenchSettings(int rounds, int users, String jdbcUrl, String javaOptions) {

    /** Long enough for a few calls at the slowest setting, and short enough that drift hits all grants alike. */
    static final Duration TURN = Duration.ofSeconds(1);

    private static final int DEFAULT_SECONDS = 3;
    /** Ten times as many as Keycloak's user cache holds. */
    private static final int DEFAULT_USERS = 100_000;

    static BenchSettings fromSystemProperties() {
        return new BenchSettings(
                Integer.getInteger("bench.seconds", DEFAULT_SECONDS),
                Integer.getInteger("bench.users", DEFAULT_USERS),
                System.getProperty("bench.jdbc"),
                System.getProperty("bench.javaOptions", ""));
    }
}
