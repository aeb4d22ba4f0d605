package dev.socialexchange.keycloak.effect;

import java.time.Instant;
import java.util.Optional;

/**
 * What has become of a request to be forgotten, for the person.
 *
 * @param reason that the administrator has given; blank if there is none
 * @param due when it is done unless an administrator decides otherwise; empty if nothing is done by itself
 */
public record DeletionStatus(State state, String reason, Optional<Instant> due) {
    /** Of whoever has nothing waiting here. */
    static final DeletionStatus RECEIVED = new DeletionStatus(State.RECEIVED, "", Optional.empty());

    public enum State {
        OPEN,
        REFUSED,
        /** Nothing waits: the account is not here any more, or never was, or is none that a provider's word is enough for. */
        RECEIVED
    }

    static DeletionStatus open(Optional<Instant> due) {
        return new DeletionStatus(State.OPEN, "", due);
    }

    static DeletionStatus refused(String reason) {
        return new DeletionStatus(State.REFUSED, reason, Optional.empty());
    }
}
