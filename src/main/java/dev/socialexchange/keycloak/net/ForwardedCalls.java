package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.ExchangeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The calls of another, but for what is said otherwise. */
public interface ForwardedCalls extends ProviderCalls {

    ProviderCalls calls();

    @Override
    default long now() {
        return calls().now();
    }

    @Override
    default Deadline within(Duration duration) {
        return calls().within(duration);
    }

    @Override
    default List<Outcome> sideBySide(List<Call> together, Deadline deadline) {
        return calls().sideBySide(together, deadline);
    }

    @Override
    default Outcome sendForEverybody(Call call, Deadline deadline) {
        return calls().sendForEverybody(call, deadline);
    }

    @Override
    default <T> Loaded<T> load(Load<T> load, Deadline deadline) {
        return calls().load(load, deadline);
    }

    @Override
    default Optional<ExchangeException> refusedJustNow(List<String> question) {
        return calls().refusedJustNow(question);
    }

    @Override
    default void accepted() {
        calls().accepted();
    }

    @Override
    default void refused(List<String> question, ExchangeException refusal) {
        calls().refused(question, refusal);
    }

    @Override
    default void close() {
        calls().close();
    }
}
