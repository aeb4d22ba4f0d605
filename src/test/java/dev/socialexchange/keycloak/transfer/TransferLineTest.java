package dev.socialexchange.keycloak.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line of a transfer has to say: whose, and one id more. */
class TransferLineTest {
    @Test
    void readsBothKindsOfLines() {
        assertThat(TransferLine.read("{\"sub\":\"001234.a.1\",\"transfer_sub\":\"760417.b\"}"))
                .contains(new TransferLine("001234.a.1", "760417.b", null));
        assertThat(TransferLine.read("{\"sub\":\"001234.a.1\",\"new_sub\":\"009876.c.1\"}"))
                .contains(new TransferLine("001234.a.1", null, "009876.c.1"));
    }

    /** PostgreSQL takes no NUL: the whole request would end with it. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\u0000", "a\\u0000b", "\\ud800", "\\u200b"})
    void idThatNoDatabaseTakesAsItIsMakesNoLine(String id) {
        assertThat(TransferLine.read("{\"sub\":\"%s\",\"new_sub\":\"n\"}".formatted(id)))
                .isEmpty();
        assertThat(TransferLine.read("{\"sub\":\"s\",\"new_sub\":\"%s\"}".formatted(id)))
                .isEmpty();
        assertThat(TransferLine.read("{\"sub\":\"s\",\"transfer_sub\":\"%s\"}".formatted(id)))
                .isEmpty();
    }

    @Test
    void idThatIsTooLongMakesNoLine() {
        assertThat(TransferLine.read("{\"sub\":\"s\",\"new_sub\":\"%s\"}".formatted("x".repeat(256))))
                .isEmpty();
    }
}
