package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.Constants;

/** Settings as Keycloak (26.7) keeps them, which is as texts. One that is blank is not set. */
record SettingValues(Map<String, String> config) {

    /** @return {@code null} if there is none */
    String text(String key) {
        return config.get(key);
    }

    Optional<String> set(String key) {
        return Optional.ofNullable(config.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** As the console joins what is entered in several fields. */
    Set<String> list(String key) {
        return set(key).stream()
                .flatMap(joined -> Stream.of(Constants.CFG_DELIMITER_PATTERN.split(joined)))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    int number(String key, int defaultValue) {
        return number(key).orElse(defaultValue);
    }

    OptionalInt number(String key) {
        return set(key).stream().mapToInt(Integer::parseInt).findFirst();
    }

    /** @throws IllegalArgumentException naming the setting, if it cannot be read */
    <T> Optional<T> read(String key, Function<String, T> reader) {
        return set(key).map(text -> read(key, text, reader));
    }

    /** Each of a list. */
    <T> List<T> readEach(String key, Function<String, T> reader) {
        return list(key).stream().map(text -> read(key, text, reader)).toList();
    }

    private static <T> T read(String key, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(SettingName.of(key) + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** URL prefixes and what stands in their place, as the console writes a map. */
    Optional<Map<String, String>> prefixes(String key) {
        return set(key).map(json -> {
            Map<String, String> prefixes = new HashMap<>();
            for (JsonNode entry :
                    StrictJson.read(json).filter(JsonNode::isArray).orElseThrow(() -> noPrefixes(key))) {
                String from = entry.path("key").textValue();
                String to = entry.path("value").textValue();
                if (from == null
                        || to == null
                        || prefixes.put(Endpoints.withoutSlash(from), Endpoints.withoutSlash(to)) != null) {
                    throw noPrefixes(key);
                }
            }
            return prefixes;
        });
    }

    /**
     * What the console writes as a map, of words that are known.
     *
     * @throws IllegalArgumentException naming the setting, if it cannot be read
     */
    <K, V> Map<K, V> choices(String key, Function<String, Optional<K>> keys, Function<String, Optional<V>> choices) {
        Map<K, V> chosen = new HashMap<>();
        set(key).ifPresent(json -> {
            for (JsonNode entry :
                    StrictJson.read(json).filter(JsonNode::isArray).orElseThrow(() -> noChoices(key))) {
                K of = keys.apply(entry.path("key").asText().strip()).orElseThrow(() -> noChoices(key));
                V choice = choices.apply(entry.path("value").asText().strip()).orElseThrow(() -> noChoices(key));
                if (chosen.put(of, choice) != null) {
                    throw noChoices(key);
                }
            }
        });
        return chosen;
    }

    private static IllegalArgumentException noChoices(String key) {
        return new IllegalArgumentException(SettingName.of(key) + " has a word that is not known, or one twice");
    }

    private static IllegalArgumentException noPrefixes(String key) {
        return new IllegalArgumentException(SettingName.of(key) + " is not a list of URL prefixes");
    }
}
