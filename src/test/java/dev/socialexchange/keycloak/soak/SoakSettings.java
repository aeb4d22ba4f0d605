package dev.socialexchange.keycloak.soak;

/**
 * What the command line says.
 *
 * @param seconds that it is measured for, after warming up: {@code -Dsoak.seconds}
 */
public record SoakSettings(int seconds) {
    private static final int DEFAULT_SECONDS = 600;

    public static SoakSettings fromSystemProperties() {
        return new SoakSettings(Integer.getInteger("soak.seconds", DEFAULT_SECONDS));
    }
}
