package dev.socialexchange.keycloak.it.support;

import java.nio.file.Files;
import java.nio.file.Path;

/** The build's files that a run needs. Maven passes them as system properties; an IDE gets them by convention. */
final class Workspace {

    private Workspace() {}

    static Path basedir() {
        return Path.of(System.getProperty("project.basedir", "")).toAbsolutePath();
    }

    static Path target() {
        String directory = System.getProperty("build.directory");
        return directory == null ? basedir().resolve("target") : Path.of(directory);
    }

    static Path extensionJar() {
        String jar = System.getProperty("extension.jar");
        return existing(jar == null ? target().resolve("social-exchange-keycloak.jar") : Path.of(jar));
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

    private static String keycloakVersion() {
        return System.getProperty("keycloak.version", "26.7.5");
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is missing: run 'mvn verify -DskipTests' once to prepare it");
        }
        return path;
    }
}
