package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelegramBotTokenTest {

    /** What an admin may enter because the console wants some secret would be a key that anybody can guess. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "unused",
                "7654321098",
                "7654321098:",
                "7654321098:short",
                ":AAExampleExampleExampleExampleExam01",
                "${vault.telegram}",
                "bot7654321098:AAExampleExampleExampleExampleExam01"
            })
    void onlyABotTokenIsAKey(String text) {
        assertThat(TelegramBotToken.parse(text)).isEmpty();
        assertThat(TelegramBotToken.parse(null)).isEmpty();
    }

    @Test
    void printsTheBotsIdAndNotTheSecret() {
        TelegramBotToken bot = TelegramBotToken.parse("7654321098:AAExampleExampleExampleExampleExam01")
                .orElseThrow();

        assertThat(bot.toString()).isEqualTo("7654321098");
    }
}
