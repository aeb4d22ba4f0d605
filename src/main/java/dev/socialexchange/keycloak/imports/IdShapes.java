package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.provider.DatabaseText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the ids of people look like, by the type of the identity provider. */
final class IdShapes {
    private static final String FILE = "/imports/id-shapes.properties";
    private static final Map<String, Pattern> SHAPES = read();

    private IdShapes() {}

    /** Whether such a provider could ever know somebody by this id. No provider knows people by an address. */
    static boolean fits(String type, String id) {
        Pattern shape = SHAPES.get(type);
        return DatabaseText.isName(id)
                && (shape == null ? !id.contains("@") : shape.matcher(id).matches());
    }

    private static Map<String, Pattern> read() {
        Properties lines = new Properties();
        try (InputStream file = IdShapes.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not in the jar");
            }
            lines.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return lines.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(type -> type, type -> Pattern.compile(lines.getProperty(type))));
    }
}
