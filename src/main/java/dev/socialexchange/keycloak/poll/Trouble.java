package dev.socialexchange.keycloak.poll;

import dev.socialexchange.keycloak.net.Outcome;
import java.util.Optional;

/**
 * Why fetching did not go well.
 *
 * @param outcome a constant, for meters
 * @param detail for the log: the transmitter's status, or what is the matter here
 */
record Trouble(String outcome, String detail) {
    /** Nobody gives us an access token. */
    static final String UNAUTHORIZED = "poll_unauthorized";

    static final String FAILED = "poll_failed";

    /** The transmitter has more, which waits behind signals that fail here. */
    static final String HELD_UP = "poll_held_up";

    /** Whether it helps to ask more seldom. */
    boolean isTransmitters() {
        return !outcome.equals(HELD_UP);
    }

    static Optional<Trouble> of(String outcome, String detail) {
        return Optional.of(new Trouble(outcome, detail));
    }

    /** Of an answer that is none. */
    static Optional<Trouble> of(Outcome told) {
        return of(
                FAILED,
                told instanceof Outcome.Answer answer
                        ? "status_" + answer.status()
                        : ((Outcome.Failure) told).cause().detail());
    }
}
