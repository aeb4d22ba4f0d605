package dev.socialexchange.keycloak.shape;

import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What one back end calls the providers, from {@code drop-in/*.properties}: each line a name, the alias, and, where what its apps send as an access
 * token is something else, of what kind that is.
 */
final class ProviderNames {
    private static final String FOLDER = "/drop-in/";

    private final Map<String, ProviderName> names;

    private ProviderNames(Map<String, ProviderName> names) {
        this.names = names;
    }

    static ProviderNames of(String file) {
        Properties lines = new Properties();
        try (InputStream resource = ProviderNames.class.getResourceAsStream(FOLDER + file + ".properties")) {
            if (resource == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            lines.load(resource);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new ProviderNames(lines.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> read(name, lines.getProperty(name)))));
    }

    private static ProviderName read(String name, String line) {
        String[] words = line.strip().split(" +");
        Optional<TokenKind> kind = words.length == 1 ? Optional.empty() : TokenKind.byId(words[1]);
        if (words.length > 1 && kind.isEmpty()) {
            throw new IllegalStateException(name + " has no such kind: " + words[1]);
        }
        return new ProviderName(name, words[0], kind);
    }

    /** A name that is not known is the alias itself. */
    ProviderName find(String name) {
        return names.getOrDefault(name, new ProviderName(name, name, Optional.empty()));
    }

    Map<String, ProviderName> all() {
        return names;
    }
}
