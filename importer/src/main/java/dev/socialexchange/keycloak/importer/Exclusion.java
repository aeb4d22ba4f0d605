package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;

/**
 * Whether a source lets somebody in. What it says of that and nobody understands keeps them out: nobody is enabled who was disabled.
 *
 * @param ends within a year
 * @param unread whether they are kept out since nobody understands what stands there
 */
record Exclusion(boolean isOut, boolean ends, boolean unread) {
    private static final Exclusion NONE = new Exclusion(false, false, false);
    private static final Exclusion OUT = new Exclusion(true, false, false);
    private static final Exclusion UNREAD = new Exclusion(true, false, true);

    /** By a flag that keeps somebody out. */
    static Exclusion by(JsonNode flag) {
        return switch (Flag.of(flag)) {
            case YES -> OUT;
            case UNCLEAR -> UNREAD;
            case NO, ABSENT, EMPTY -> NONE;
        };
    }

    /** By a flag that lets somebody in, as all are where the source has none. */
    static Exclusion unless(JsonNode flag) {
        return switch (Flag.of(flag)) {
            case YES, ABSENT -> NONE;
            case NO -> OUT;
            case EMPTY, UNCLEAR -> UNREAD;
        };
    }

    /** By a word of the source's own; where there is none, nobody is kept out. */
    static Exclusion unlessOf(JsonNode state, Set<String> in, Set<String> out) {
        if (state.isMissingNode() || in.contains(state.asText(""))) {
            return NONE;
        }
        return out.contains(state.asText("")) ? OUT : UNREAD;
    }

    /** By somebody who has banned them, though it may end: nobody is let in here before it does. */
    static Exclusion until(JsonNode end) {
        return Ban.until(end)
                .filter(Ban::isOn)
                .map(ban -> new Exclusion(true, !ban.isForGood(), ban.unread()))
                .orElse(NONE);
    }

    /** By a moment from which on nobody lets them in; a later one keeps nobody out. */
    static Exclusion since(JsonNode moment) {
        Flag there = Flag.of(moment);
        if (there == Flag.ABSENT || there == Flag.EMPTY) {
            return NONE;
        }
        Instant begin = Moments.read(moment);
        return begin == null ? UNREAD : begin.isAfter(Instant.now()) ? NONE : OUT;
    }

    /** By a lock that is one for good, as that of somebody who has only mistyped a password is not. */
    static Exclusion lockedUntil(JsonNode end) {
        return Ban.until(end)
                .filter(Ban::isForGood)
                .map(ban -> new Exclusion(true, false, ban.unread()))
                .orElse(NONE);
    }
}
