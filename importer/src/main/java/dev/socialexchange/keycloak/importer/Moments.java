package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Points in time as exports have them: ISO 8601, with or without an offset, with blanks for a T or before the offset, with years of more than four digits; RFC 1123; or a number.
 */
final class Moments {
    private static final DateTimeFormatter[] WITH_OFFSET = {
        DateTimeFormatter.ISO_OFFSET_DATE_TIME,
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSSSSSSSS][.SSSSSS][.SSS]x"),
        DateTimeFormatter.RFC_1123_DATE_TIME // of JavaScript's toUTCString()
    };

    /** In milliseconds the year 1973, before which no account was made; in seconds the year 5138. */
    private static final BigDecimal LEAST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

    private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    /** In milliseconds, as Keycloak keeps it, a {@code long}. */
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(Long.MAX_VALUE / 1_000);

    private Moments() {}

    /** {@code null} where there is none, or nobody can tell. */
    static Instant read(JsonNode value) {
        Optional<BigDecimal> number = number(value);
        if (number.isPresent()) {
            return number.get().abs().compareTo(LEAST_MILLIS) < 0 ? ofSeconds(number.get()) : ofMillis(number.get());
        }
        String text = value.asText("").strip();
        return text.isEmpty() ? null : parse(spelled(text));
    }

    /** A number, or a text of as many digits as a moment of this century has. */
    static Optional<BigDecimal> number(JsonNode value) {
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return Optional.of(value.decimalValue());
        }
        String text = value.isTextual() ? value.asText().strip() : "";
        return text.matches("\\d{10,14}(\\.\\d{1,9})?") ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** {@code null} where there is no such time. */
    static Instant ofSeconds(BigDecimal seconds) {
        if (seconds.abs().compareTo(LAST_SECOND) > 0) {
            return null;
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
                whole.longValueExact(), seconds.subtract(whole).multiply(NANOS).longValue());
    }

    /** {@code null} where there is no such time. */
    static Instant ofMillis(BigDecimal millis) {
        return ofSeconds(millis.divide(MILLIS));
    }

    /** As ISO 8601 has it. */
    private static String spelled(String text) {
        if (!Character.isDigit(text.charAt(0))) {
            return text;
        }
        return text.replaceFirst("^(\\d{4,}-\\d\\d-\\d\\d) ", "$1T")
                .replaceFirst("^(\\d{5,}-)", "+$1")
                .replaceFirst("(:\\d\\d(\\.\\d+)?) +(?=[+-]\\d\\d)", "$1")
                .replaceFirst(" (UTC|GMT|Z)$", "Z");
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
