package dev.socialexchange.keycloak.importer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A file of names and values in the jar. */
final class Lines {

    private Lines() {}

    static Map<String, String> of(String file) {
        Properties lines = new Properties();
        try (InputStream resource = Lines.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            lines.load(resource);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return lines.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, lines::getProperty));
    }
}
