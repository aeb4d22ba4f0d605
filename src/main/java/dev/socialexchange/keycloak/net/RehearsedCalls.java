package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.ExchangeException;
import java.util.List;
import java.util.Optional;

/** The same calls, of which nothing is remembered: neither who has come of a good token nor what was refused. */
record RehearsedCalls(ProviderCalls calls) implements ForwardedCalls {

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
}
