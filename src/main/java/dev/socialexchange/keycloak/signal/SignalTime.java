package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as providers write them: seconds or milliseconds since 1970, or ISO 8601, which means UTC where it has no zone. */
final class SignalTime {
    /** In seconds, this is the year 5138; in milliseconds, 1973. */
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    private static final long LAST = 10_000_000_000_000L;

    private SignalTime() {}

    /** @throws SignalRefusal for anything else */
    static Instant of(JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return ofNumber(value.asLong());
        }
        String text = value.isTextual() ? value.textValue() : "";
        if (text.matches("\\d{1,14}")) {
            return ofNumber(Long.parseLong(text));
        }
        return ofText(text);
    }

    private static Instant ofNumber(long number) {
        if (number <= 0 || number >= LAST) {
            throw unreadable();
        }
        return number < MILLISECONDS_FROM ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    }

    private static Instant ofText(String text) {
        try {
            return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noTime) {
            throw unreadable();
        }
    }

    private static SignalRefusal unreadable() {
        return SignalRefusal.malformed("time_unreadable");
    }
}
