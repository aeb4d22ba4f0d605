package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The build's files that a run needs. Maven writes where they are into {@code build.properties}, for an IDE as well. */
public final class Workspace {

    private static final Properties BUILD = read();

    private Workspace() {}

    private static Properties read() {
        try (InputStream file = Workspace.class.getResourceAsStream("/build.properties")) {
            Properties build = new Properties();
            build.load(file);
            return build;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path basedir() {
        return Path.of(BUILD.getProperty("basedir"));
    }

    public static Path target() {
        return Path.of(BUILD.getProperty("target"));
    }

    /** What this process writes: integration tests run in several, each with servers of its own. */
    public static Path own() {
        String process = System.getProperty("test.process");
        return process == null ? target() : directory(target().resolve("process-" + process));
    }

    static Path extensionJar() {
        return existing(Path.of(BUILD.getProperty("extension.jar")));
    }

    static Path realmFile() {
        return existing(basedir().resolve("realm-export.json"));
    }

    static Path distribution() {
        return existing(target().resolve("distribution").resolve("keycloak-" + keycloakVersion()));
    }

    static String image() {
        return "quay.io/keycloak/keycloak:" + keycloakVersion();
    }

    /** The JVM option with which a server leaves its coverage below {@code target} when it stops. */
    static String coverageAgent() {
        return BUILD.getProperty("coverage.agent");
    }

    /** {@code distribution} or {@code container}. */
    static String kind() {
        return BUILD.getProperty("keycloak.kind");
    }

    /** Version 2, which came with 26.7. */
    static boolean hasBrokeringApi() {
        return !keycloakVersion().startsWith("26.6.");
    }

    private static String keycloakVersion() {
        return BUILD.getProperty("keycloak.version");
    }

    private static Path directory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is missing: run 'mvn verify -DskipTests' once to prepare it");
        }
        return path;
    }

    /** Of {@link OlderKeycloakOnDemand}. */
    public static boolean sparesOlderKeycloak() {
        return System.getProperty("keycloak.version", "").startsWith("26.6.") && !Boolean.getBoolean("it.everything");
    }
}
