package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.telemetry.Exchanged;
import dev.socialexchange.keycloak.telemetry.Exchanged.Outcome;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.util.function.LongSupplier;

/** Measures one exchange, which says what it is about as it gets to know it. */
final class ExchangeMeasure {
    private final Recorder recorder;
    private final String realm;
    private final String client;
    private final LongSupplier clock;
    private final long begun;
    private String type = Exchanged.UNKNOWN;
    private String alias = Exchanged.UNKNOWN;
    private String kind = Exchanged.UNKNOWN;

    /**
     * @param realm its immutable id
     * @param clock nanoseconds, as {@link System#nanoTime()}
     */
    ExchangeMeasure(Recorder recorder, String realm, String client, LongSupplier clock) {
        this.recorder = recorder;
        this.realm = realm;
        this.client = client;
        this.clock = clock;
        this.begun = clock.getAsLong();
    }

    void kind(TokenKind asked) {
        kind = asked.id();
    }

    /** @param openAlias that the request names, and that there is */
    void provider(String openAlias, ExchangeIdentityProvider open) {
        type = open.type();
        alias = openAlias;
    }

    void succeeded() {
        record(of(Outcome.SUCCESS));
    }

    void refused(ExchangeException refusal) {
        record(of(Outcome.REFUSED).refused(refusal));
    }

    /** Keycloak's own code has answered. */
    void refusedByKeycloak() {
        record(of(Outcome.KEYCLOAK));
    }

    private Exchanged of(Outcome outcome) {
        return Exchanged.of(realm, type, alias, client, kind, outcome);
    }

    private void record(Exchanged exchanged) {
        recorder.exchanged(exchanged, clock.getAsLong() - begun);
    }
}
