package dev.socialexchange.keycloak.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.socialexchange.keycloak.provider.SettingName;
import java.util.List;
import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param name stable
 * @param title, advice in the administrator's language
 * @param expected, found for people to read: never a secret, a token or a code
 * @param setting that decides about it
 * @param tookMillis with its calls
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Step(
        String name,
        String title,
        Verdict verdict,
        String expected,
        String found,
        Setting setting,
        String advice,
        @JsonProperty("took_ms") long tookMillis,
        List<CallMade> calls) {

    /** From the least to the worst. */
    enum Verdict {
        SKIPPED,
        OK,
        UNKNOWN,
        WARNING,
        REFUSED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A setting as the console shows it, and by its key in exports. */
    record Setting(String key, String label) {

        /** Of Keycloak's own settings the console's words are among the phrases. */
        static Setting of(Phrases phrases, String key) {
            return new Setting(key, phrases.find("setting." + key).orElseGet(() -> SettingName.label(key)));
        }
    }

    /** @param outcome the class of the status, such as {@code 2xx}, or why there was no answer */
    record CallMade(String host, String outcome, @JsonProperty("took_ms") long tookMillis) {}
}
