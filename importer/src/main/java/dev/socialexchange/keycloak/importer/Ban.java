package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Until when somebody is kept out. An end that stands there and cannot be read is none: whoever is kept out stays so.
 *
 * @param end {@link Instant#MAX} if there is none
 * @param unread whether something stands there that nobody understands
 */
record Ban(Instant end, boolean unread) {
    private static final Duration FOR_GOOD = Duration.ofDays(365);

    /** 2001 in milliseconds. Nobody was banned until before, so that less is a far end in seconds: of the year 9999 it is 253402300799. */
    private static final BigDecimal LEAST_MILLIS = BigDecimal.valueOf(1_000_000_000_000L);

    /** Empty where nothing stands. */
    static Optional<Ban> until(JsonNode value) {
        String text = value.asText("").strip().toLowerCase(Locale.ROOT);
        if (value.isMissingNode() || value.isNull() || value.isTextual() && (text.isEmpty() || text.equals("null"))) {
            return Optional.empty();
        }
        Optional<BigDecimal> number = Moments.number(value);
        if (number.isPresent()) {
            return Optional.of(until(number.get()));
        }
        return Optional.of(
                switch (text) {
                    case "infinity", "+infinity" -> new Ban(Instant.MAX, false); // of PostgreSQL
                    case "-infinity" -> new Ban(Instant.MIN, false);
                    default -> of(Moments.read(value));
                });
    }

    private static Ban until(BigDecimal number) {
        return of(
                number.signum() <= 0
                        ? null
                        : number.compareTo(LEAST_MILLIS) < 0 ? Moments.ofSeconds(number) : Moments.ofMillis(number));
    }

    private static Ban of(Instant end) {
        return end == null ? new Ban(Instant.MAX, true) : new Ban(end, false);
    }

    boolean isOn() {
        return end.isAfter(Instant.now());
    }

    /** Whether somebody who is locked out until then is so for good, as nobody is who has only mistyped a password: a disabled user stays one until an administrator comes. */
    boolean isForGood() {
        return end.isAfter(Instant.now().plus(FOR_GOOD));
    }
}
