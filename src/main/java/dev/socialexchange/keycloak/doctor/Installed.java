package dev.socialexchange.keycloak.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.keycloak.common.Version;

/**
 * What runs on this server, for whoever reports it.
 *
 * @param version of the extension
 * @param keycloak the server's version
 */
record Installed(String version, String keycloak) {
    /** Maven puts it into the jar. */
    private static final String BUILT = "/META-INF/maven/dev.socialexchange/social-exchange-keycloak/pom.properties";

    static Installed here() {
        return new Installed(built(), Version.VERSION);
    }

    private static String built() {
        try (InputStream file = Installed.class.getResourceAsStream(BUILT)) {
            Properties properties = new Properties();
            if (file != null) { // as in a server that an IDE starts with the classes alone
                properties.load(file);
            }
            return properties.getProperty("version", "unpackaged");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
