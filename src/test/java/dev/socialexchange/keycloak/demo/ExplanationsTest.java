package dev.socialexchange.keycloak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The demo's page has words of its own for whatever an exchange can be refused for. */
class ExplanationsTest {
    private static final Path PAGE = Path.of("src/test/resources/demo/explain.js");

    /** Of the doors beside the token endpoint, which the page asks for nothing that these could answer. */
    private static final Set<ExchangeError> OTHER_DOORS = Set.of(
            ExchangeError.REALM_DISABLED,
            ExchangeError.HTTPS_REQUIRED,
            ExchangeError.DOOR_CLOSED,
            ExchangeError.ACCESS_TOKEN_INVALID,
            ExchangeError.LOGIN_TOO_OLD,
            ExchangeError.ROLE_MISSING,
            ExchangeError.LINKED_TO_ANOTHER_USER,
            ExchangeError.ANOTHER_ACCOUNT_LINKED);

    @ParameterizedTest
    @EnumSource
    void everyReasonOfAnExchangeIsExplained(ExchangeError error) throws IOException {
        boolean explained = Files.readString(PAGE).contains("\n  " + error.reason() + ": [");

        assertThat(explained).isNotEqualTo(OTHER_DOORS.contains(error));
    }
}
