package dev.socialexchange.keycloak.importer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\r\n=1",
                "\tx",
                "\u0000=1",
                " =1",
                "\u00a0=1",
                "\ufeff=1",
                "\u200b+1",
                "\uff1d1",
                "\uff0b1",
                "\uff0d1",
                "\uff201",
                "=\n1"
            })
    void whatASpreadsheetCouldTakeForAFormulaIsATextByAnApostrophe(String text) {
        assertThat(Csv.row(text, "x").replaceFirst("^\"", "")).startsWith("'" + text);
    }

    @Test
    void whatWouldBreakARowIsQuoted() {
        assertThat(Csv.row("4711", "a,b", "say \"no\"", "a\tb", "a;=1", "", "google-oauth2|1", "mira@example.org"))
                .isEqualTo("4711,\"a,b\",\"say \"\"no\"\"\",\"a\tb\",\"a;=1\",,google-oauth2|1,mira@example.org");
    }
}
