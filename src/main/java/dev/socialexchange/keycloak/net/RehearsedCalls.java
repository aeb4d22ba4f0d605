package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.ExchangeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The same calls, of which nothing is remembered: neither who has come of a good token nor what was refused. */
record RehearsedCalls(ProviderCalls calls) implements ProviderCalls {

    @Override
    public long now() {
        return calls.now();
    }

    @Override
    public Deadline within(Duration duration) {
        return calls.within(duration);
    }

    @Override
    public List<Outcome> sideBySide(List<Call> sent, Deadline deadline) {
        return calls.sideBySide(sent, deadline);
    }

    @Override
    public Outcome sendForEverybody(Call call, Deadline deadline) {
        return calls.sendForEverybody(call, deadline);
    }

    @Override
    public <T> Loaded<T> load(Load<T> load, Deadline deadline) {
        return calls.load(load, deadline);
    }

    @Override
    public Optional<ExchangeException> refusedJustNow(List<String> question) {
        return Optional.empty();
    }

    @Override
    public void accepted() {
        // nothing is learned
    }

    @Override
    public void refused(List<String> question, ExchangeException refusal) {
        // nothing is learned
    }

    @Override
    public void close() {
        calls.close();
    }
}
