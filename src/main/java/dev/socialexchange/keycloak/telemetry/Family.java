package dev.socialexchange.keycloak.telemetry;

import java.util.List;
import java.util.Locale;

/**
 * What is counted, with the labels of each. Prometheus calls {@code social.exchange.requests} {@code
 * social_exchange_requests_total}, and a timer's series end in {@code _seconds_count}, {@code _seconds_sum} and {@code
 * _seconds_bucket}. {@code docs/operations.md} has them as a table.
 */
public enum Family {
    REQUESTS(Kind.COUNTER, "Exchanges", "type", "kind", "outcome", "reason", "detail"),
    DURATION(Kind.TIMER, "How long exchanges take", "type", "outcome"),
    PROOFS(Kind.COUNTER, "Tokens that were proven", "type", "method"),
    PROVIDER_CALLS(Kind.TIMER, "Calls of providers", "host", "outcome"),
    SHARE_WAIT(Kind.TIMER, "How long a place at a provider was waited for", "outcome"),
    SHARE_WAITING(Kind.GAUGE, "Exchanges that wait for a place at a provider now"),
    SHARE_REFUSED(Kind.COUNTER, "Exchanges that got no place at a provider", "host", "cause"),
    KEY_SET_LOADS(Kind.COUNTER, "Key sets that were asked for", "type", "outcome"),
    SINGLE_USE_CONFLICTS(Kind.COUNTER, "Tokens and nonces that had been used before", "what"),
    FIRST_LOGINS(Kind.COUNTER, "First logins without a browser", "type", "outcome"),
    CONTINUATIONS(Kind.COUNTER, "Links that go on in a browser", "step"),
    THROTTLED(Kind.COUNTER, "Requests that were throttled", "budget"),
    SIGNALS(Kind.COUNTER, "What providers have said about people", "type", "event", "outcome"),
    REVOCATIONS(Kind.COUNTER, "Tokens of people who are gone, taken back at their provider", "type", "outcome"),
    IMPORTED_ARRIVALS(Kind.COUNTER, "Imported people who have come for the first time", "source"),
    DRIFT(Kind.COUNTER, "Differences between what providers publish and what is known of them", "type", "what");

    enum Kind {
        COUNTER,
        TIMER,
        GAUGE
    }

    private final Kind kind;
    private final String description;
    private final List<String> labels;

    Family(Kind kind, String description, String... labels) {
        this.kind = kind;
        this.description = description;
        this.labels = List.of(labels);
    }

    String meter() {
        return "social.exchange." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** As Prometheus has it, without what a timer's series end in. */
    public String prometheus() {
        String name = meter().replace('.', '_');
        return switch (kind) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            case GAUGE -> name;
        };
    }

    String description() {
        return description;
    }

    /** Without those that an option adds. */
    public List<String> labels() {
        return labels;
    }
}
