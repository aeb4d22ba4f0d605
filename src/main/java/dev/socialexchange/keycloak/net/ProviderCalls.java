package dev.socialexchange.keycloak.net;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.provider.Provider;

/**
 * Calls providers within a deadline: no redirects, a limited answer, and never more than a share of the server's request
 * threads waiting for one host.
 */
public interface ProviderCalls extends Provider {

    /** Sends all calls at the same time and answers their outcomes in the same order; never later than the deadline. */
    List<Outcome> sideBySide(List<Call> calls, Deadline deadline);

    /**
     * Does work that may wait for a resource of a host, such as its key set which another thread is loading, unless too many
     * wait for it already.
     *
     * @return empty if the resource's share is exhausted
     */
    <T> Optional<T> waitingFor(String resource, Supplier<T> work);

    default Outcome send(Call call, Deadline deadline) {
        return sideBySide(List.of(call), deadline).get(0);
    }
}
