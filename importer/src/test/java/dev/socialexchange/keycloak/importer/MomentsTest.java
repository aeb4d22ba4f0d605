package dev.socialexchange.keycloak.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    /** The first version of AWS' command writes them so, as Python does. */
    @ParameterizedTest
    @CsvSource({
        "1658592800.123,2022-07-23T16:13:20.123Z",
        "1658592800,2022-07-23T16:13:20Z",
        "'\"1658592800.5\"',2022-07-23T16:13:20.500Z",
        "'\"1658592800\"',2022-07-23T16:13:20Z",
        "1658592800123,2022-07-23T16:13:20.123Z",
        "'\"1658592800123\"',2022-07-23T16:13:20.123Z",
        "0,1970-01-01T00:00:00Z",
        "-1.5,1969-12-31T23:59:58.500Z"
    })
    void aNumberThatIsTooSmallForMillisecondsIsSeconds(String number, String moment) {
        assertThat(Moments.read(Json.lenient(number).orElseThrow())).isEqualTo(Instant.parse(moment));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01T00:00:00Z,2024-01-01T00:00:00Z",
        "2024-01-01 00:00:00.5+00,2024-01-01T00:00:00.500Z",
        "2024-01-01 02:00:00.1234567 +02:00,2024-01-01T00:00:00.123456700Z",
        "2024-01-01 00:00:00 UTC,2024-01-01T00:00:00Z",
        "2024-01-01 00:00:00,2024-01-01T00:00:00Z",
        "12024-01-01 00:00:00+00,+12024-01-01T00:00:00Z",
        "'Mon, 01 Jan 2024 00:00:00 GMT',2024-01-01T00:00:00Z"
    })
    void aTextIsReadAsDatabasesAndLibrariesSpellIt(String text, String moment) {
        assertThat(Moments.read(Json.MAPPER.getNodeFactory().textNode(text))).isEqualTo(Instant.parse(moment));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"infinity\"",
                "\"yesterday\"",
                "\"\"",
                "null",
                "true",
                "{}",
                "1e300",
                "1e999",
                "123456789012345678901234567890"
            })
    void whatIsNoMomentIsNone(String value) {
        assertThat(Moments.read(Json.lenient(value).orElseThrow())).isNull();
    }
}
