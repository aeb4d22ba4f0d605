package dev.socialexchange.keycloak.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhrasesTest {

    @ParameterizedTest
    @EnumSource
    void everyLookHasTitle(Look look) {
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.GERMAN}) {
            assertThat(new Phrases(locale).title(look.code())).isNotEqualTo(look.code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalHasAdvice(ExchangeError error) {
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.GERMAN}) {
            assertThat(new Phrases(locale).advice(error.reason(), null)).isPresent();
        }
    }

    @Test
    void bothLanguagesSayTheSame() {
        assertThat(ResourceBundle.getBundle("doctor.messages", Locale.GERMAN).keySet())
                .isEqualTo(ResourceBundle.getBundle("doctor.messages", Locale.ENGLISH)
                        .keySet());
    }

    /** The later one would speak for both. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void noKeyStandsTwice(String language) throws IOException {
        Path file = Path.of("src/main/resources/doctor/messages_" + language + ".properties");

        assertThat(Files.readAllLines(file).stream()
                        .filter(line -> line.contains("="))
                        .map(line -> line.substring(0, line.indexOf('='))))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"key_unknown", "key_unknown and more"})
    void mostParticularAdviceComesFirst(String detail) {
        Phrases phrases = new Phrases(Locale.ENGLISH);

        assertThat(phrases.advice("token_invalid", detail)).isEqualTo(phrases.find("advice.token_invalid.key_unknown"));
        assertThat(phrases.advice("token_invalid", "never_heard_of")).isEqualTo(phrases.find("advice.token_invalid"));
    }

    @Test
    void otherLanguagesAreEnglish() {
        assertThat(new Phrases(Locale.FRENCH).title("issuer")).isEqualTo("Issuer");
    }
}
