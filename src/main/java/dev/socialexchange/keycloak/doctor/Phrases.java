package dev.socialexchange.keycloak.doctor;

import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** What is said to administrators, in English or German. */
final class Phrases {
    private static final String BUNDLE = "doctor.messages";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final ResourceBundle bundle;

    /** @param locale of the administrator; English where it is another than these two */
    Phrases(Locale locale) {
        Locale known = locale != null && locale.getLanguage().equals("de") ? Locale.GERMAN : Locale.ENGLISH;
        bundle = ResourceBundle.getBundle(BUNDLE, known, Phrases.class.getClassLoader(), NO_FALLBACK);
    }

    String title(String step) {
        return find("title." + step).orElse(step);
    }

    /** The most particular that there is: {@code advice.token_invalid.key_unknown}, or else {@code advice.token_invalid}. */
    Optional<String> advice(String about, String detail) {
        return Optional.ofNullable(detail)
                .map(code -> code.replaceAll("[^A-Za-z0-9_].*", ""))
                .flatMap(code -> find("advice." + about + '.' + code))
                .or(() -> find("advice." + about));
    }

    Optional<String> find(String key) {
        return bundle.containsKey(key) ? Optional.of(bundle.getString(key)) : Optional.empty();
    }
}
