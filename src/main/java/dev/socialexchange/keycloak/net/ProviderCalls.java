package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.ExchangeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.provider.Provider;

/**
 * Calls providers within a deadline: no redirects, a limited answer, and never more than a share of the server's request
 * threads at one host. Shares are counted for each client and network that a request comes from; call from the request's
 * own thread.
 */
public interface ProviderCalls extends Provider {

    /** Nanoseconds, by the clock of deadlines and loads; of no meaning but beside others. */
    long now();

    /** So long from now. */
    Deadline within(Duration duration);

    /**
     * Sends all calls at the same time, equal ones once, and answers their outcomes in the same order; never later than the
     * deadline.
     */
    List<Outcome> sideBySide(List<Call> calls, Deadline deadline);

    default Outcome send(Call call, Deadline deadline) {
        return sideBySide(List.of(call), deadline).get(0);
    }

    /** Sends a call that is about nobody's token: it counts for no client and network. */
    Outcome sendForEverybody(Call call, Deadline deadline);

    /**
     * Loads what many may need at the same moment, such as a key set, once: others wait for it until their own deadline.
     *
     * @throws ExchangeException if too many wait for it, if the deadline comes first, or what the load throws
     */
    <T> Loaded<T> load(Load<T> load, Deadline deadline);

    /** The refusal that the same question got from its provider a few seconds ago. */
    Optional<ExchangeException> refusedJustNow(List<String> question);

    /** The token that the calls so far were about is good: whoever sent it comes first at these hosts for a while. */
    void accepted();

    /**
     * The provider has refused the token that the calls so far were about. Nothing is learned if there were none.
     *
     * @param question all that the refusal depends on; parts may be {@code null}
     */
    void refused(List<String> question, ExchangeException refusal);

    /**
     * @param name what is loaded: the same name, the same thing
     * @param freshFor how old what was loaded may be, counted from its beginning
     * @param pause before the load begins, so that more can join it
     */
    record Load<T>(String name, Class<T> type, Duration freshFor, Duration pause, Supplier<T> load) {}

    /** @param begun when the load began, by {@link #now()}: it tells of all that was so by then */
    record Loaded<T>(long begun, T value) {}
}
