package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Points in time as exports have them: ISO 8601, with or without an offset, a blank or a T between, or milliseconds. */
final class Moments {
    private static final DateTimeFormatter[] WITH_OFFSET = {
        DateTimeFormatter.ISO_OFFSET_DATE_TIME,
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSSSSSSSS][.SSSSSS][.SSS]x")
    };

    private static final Duration FOR_GOOD = Duration.ofDays(365);

    private Moments() {}

    /** {@code null} where there is none, or nobody can tell. */
    static Instant read(JsonNode value) {
        if (value.isNumber()) {
            return Instant.ofEpochMilli(value.asLong());
        }
        String text = value.asText("").strip();
        if (text.matches("\\d{10,14}")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        return text.isEmpty() ? null : parse(text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T"));
    }

    /** Whether somebody who is locked out until then is so for good, as nobody is who has only mistyped a password: a disabled user stays one until an administrator comes. */
    static boolean isForGood(Instant end) {
        return end != null && end.isAfter(Instant.now().plus(FOR_GOOD));
    }

    private static Instant parse(String text) {
        for (DateTimeFormatter format : WITH_OFFSET) {
            try {
                return OffsetDateTime.parse(text, format).toInstant();
            } catch (DateTimeException another) {
                continue;
            }
        }
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
