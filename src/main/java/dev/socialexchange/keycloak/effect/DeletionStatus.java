package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.provider.DeletionRequest;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * What has become of a request to be forgotten, for the person.
 *
 * @param reason that the administrator has given; blank if there is none
 * @param due when it is done unless an administrator decides otherwise; empty if nothing is done by itself
 */
public record DeletionStatus(State state, String reason, Optional<Instant> due) {
    /** Of whoever has nothing waiting here. */
    static final DeletionStatus RECEIVED = new DeletionStatus(State.RECEIVED, "", Optional.empty());

    /** Of a request by an account that was not the person's. */
    static final DeletionStatus CLOSED = new DeletionStatus(State.CLOSED, "", Optional.empty());

    public enum State {
        OPEN,
        REFUSED,
        CLOSED,
        /** Nothing waits: the account is not here any more, or never was, or is none that a provider's word is enough for. */
        RECEIVED
    }

    /** Of somebody who has one, decided about or not. */
    static DeletionStatus of(UserModel user, Grace grace) {
        DeletionRequest request = DeletionRequest.of(user);
        if (DeletionRequest.isOpen(user)) {
            return new DeletionStatus(
                    State.OPEN, "", grace.end(user, request).filter(due -> due.isAfter(DeletionRequests.now())));
        }
        return DeletionRequest.CLOSED.equals(user.getFirstAttribute(DeletionRequest.STATE))
                ? CLOSED
                : new DeletionStatus(State.REFUSED, request.reason(), Optional.empty());
    }
}
