package dev.socialexchange.keycloak.signal;

import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a provider has said, verified.
 *
 * @param events what it means; empty if it means nothing here
 * @param type as the provider calls it, at most 120 characters of it
 * @param subjects ids of people at this provider, as their links have them; empty if it is about nobody
 * @param time when it happened, as far as the provider says; or when it was told
 * @param id the same for whatever is told again, and for nothing else of this provider
 */
public record Signal(Set<NeutralEvent> events, String type, List<String> subjects, Instant time, String id) {

    /** A record would print who it is about. */
    @Override
    public String toString() {
        return events.toString();
    }
}
