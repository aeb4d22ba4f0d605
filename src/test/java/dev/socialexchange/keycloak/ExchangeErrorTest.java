package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExchangeErrorTest {

    @ParameterizedTest
    @EnumSource(ExchangeError.class)
    void everyReasonHasItsRowInTheDocumentation(ExchangeError error) throws IOException {
        String documentation = Files.readString(Path.of("docs/exchange.md"));

        // the site makes a page of each such row
        assertThat(documentation)
                .containsPattern("(?m)^\\| `%s` \\| %d `%s` \\| .+ \\|$"
                        .formatted(error.reason(), error.status(), error.error()));
    }

    @Test
    void reasonOfTheEventHasTheFurtherCodeIfThereIsOne() {
        assertThat(ExchangeError.TOKEN_INVALID.reason("key_unknown")).isEqualTo("token_invalid: key_unknown");
        assertThat(ExchangeError.TOKEN_INVALID.reason(null)).isEqualTo("token_invalid");
    }
}
