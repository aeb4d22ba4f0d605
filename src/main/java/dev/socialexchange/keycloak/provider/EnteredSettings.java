package dev.socialexchange.keycloak.provider;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Settings as an administrator has entered them; what is not entered is its default. */
record EnteredSettings(Map<String, String> config) {
    private static final Set<String> SWITCH = Set.of("true", "false");

    void range(String key, int min, int max) {
        String value = config.get(key);
        if (value != null && !value.isBlank() && !inRange(value.strip(), min, max)) {
            throw new IllegalArgumentException(
                    SettingName.of(key) + " must be a whole number from " + min + " to " + max);
        }
    }

    private static boolean inRange(String value, int min, int max) {
        return value.matches("\\d{1,9}") && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max;
    }

    void oneOf(String key, Set<String> values) {
        String value = config.get(key);
        if (value != null && !value.isBlank() && !values.contains(value)) {
            throw new IllegalArgumentException(SettingName.of(key) + " must be one of "
                    + values.stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    void onOrOff(String key) {
        oneOf(key, SWITCH);
    }

    /** @param otherwise what they have to be */
    static void each(String key, Set<String> values, String pattern, String otherwise) {
        if (!values.stream().allMatch(value -> value.matches(pattern))) {
            throw new IllegalArgumentException(SettingName.of(key) + ' ' + otherwise);
        }
    }

    /** A record would print secrets. */
    @Override
    public String toString() {
        return "settings";
    }
}
