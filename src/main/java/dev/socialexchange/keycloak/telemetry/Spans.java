package dev.socialexchange.keycloak.telemetry;

import dev.socialexchange.keycloak.ExchangeException;
import io.opentelemetry.api.internal.InstrumentationUtil;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Parts of a request in Keycloak's traces. What was thrown is told by constants: Keycloak's own spans hold messages and stacks,
 * in which there may be anything.
 */
public final class Spans {
    static final String REASON = "social_exchange.reason";

    private final Tracer tracer;

    Spans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** @param name a constant */
    public <T> T around(String name, Supplier<T> work) {
        return around(name, span -> work.get());
    }

    /** Work of our own: what has a span within it has this one as its parent. */
    public <T> T around(String name, Function<Span, T> work) {
        return timed(name, span -> {
            Scope current = span.makeCurrent();
            try {
                return work.apply(span);
            } finally {
                current.close();
            }
        });
    }

    /**
     * Work of Keycloak's (26.7), which writes into the span that is current: the details of events, with username and address, sessions and
     * tokens. That stays the request's span, and nothing of it is in ours.
     */
    public <T> T beside(String name, Supplier<T> work) {
        return timed(name, span -> work.get());
    }

    private <T> T timed(String name, Function<Span, T> work) {
        Span span = tracer.spanBuilder("social-exchange " + name).startSpan();
        boolean done = false;
        try {
            T result = work.apply(span);
            done = true;
            return result;
        } catch (ExchangeException refused) {
            span.setAttribute(REASON, refused.error().reason());
            throw refused;
        } finally {
            if (!done) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    /** The same work on another thread, as part of what goes on here. */
    public <T> Supplier<T> here(Supplier<T> work) {
        return Context.current().wrapSupplier(work);
    }

    /**
     * A call that leaves the house. Keycloak's HTTP client (26.7) would send our trace along with it, and write its whole URL into a
     * span, where some providers want a token.
     */
    public <T> T unseen(Supplier<T> call) {
        AtomicReference<T> result = new AtomicReference<>();
        InstrumentationUtil.suppressInstrumentation(() -> result.set(call.get()));
        return result.get();
    }
}
