package dev.socialexchange.keycloak.fuzz;

/**
 * What the command line says.
 *
 * @param seed of everything that is chosen: the same one makes the same attempts ({@code -Dfuzz.seed})
 * @param requests how many attempts ({@code -Dfuzz.requests})
 * @param only the one attempt to repeat, or -1 ({@code -Dfuzz.only})
 */
public record FuzzSettings(long seed, int requests, int only) {
    private static final int DEFAULT_REQUESTS = 2000;

    public static FuzzSettings fromSystemProperties() {
        return fromSystemProperties(DEFAULT_REQUESTS, System.currentTimeMillis());
    }

    public static FuzzSettings fromSystemProperties(int requests, long seed) {
        return new FuzzSettings(
                Long.getLong("fuzz.seed", seed),
                Integer.getInteger("fuzz.requests", requests),
                Integer.getInteger("fuzz.only", -1));
    }

    Dice dice(int attempt) {
        return new Dice(seed + 1_000_003L * attempt);
    }
}
