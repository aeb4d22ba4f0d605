package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/** A yes or no, as exports have it: of JSON, or as a database prints it. Whatever else stands there is neither, since a word that is taken for a no enables whom somebody has disabled. */
enum Flag {
    YES,
    NO,
    /** Nothing stands there. */
    ABSENT,
    /** {@code null}, which is a no where somebody has to be disabled, and none where they have to be enabled. */
    EMPTY,
    UNCLEAR;

    private static final Set<String> YES_WORDS = Set.of("true", "t", "yes", "y", "on", "1");
    private static final Set<String> NO_WORDS = Set.of("false", "f", "no", "n", "off", "0");
    private static final Set<String> NOTHING = Set.of("", "null");

    static Flag of(JsonNode value) {
        if (value.isMissingNode()) {
            return ABSENT;
        }
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return of(value.decimalValue());
        }
        String word = value.asText("").strip().toLowerCase(Locale.ROOT);
        if (value.isNull() || value.isTextual() && NOTHING.contains(word)) {
            return EMPTY;
        }
        return YES_WORDS.contains(word) ? YES : NO_WORDS.contains(word) ? NO : UNCLEAR;
    }

    private static Flag of(BigDecimal number) {
        return number.signum() == 0 ? NO : number.compareTo(BigDecimal.ONE) == 0 ? YES : UNCLEAR;
    }

    /** Of what keeps somebody out. */
    static boolean isSet(JsonNode value) {
        Flag flag = of(value);
        return flag == YES || flag == UNCLEAR;
    }
}
