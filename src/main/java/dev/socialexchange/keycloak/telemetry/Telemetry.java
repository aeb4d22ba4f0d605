package dev.socialexchange.keycloak.telemetry;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.tracing.TracingProvider;

/** Where this server's meters and spans go. */
public record Telemetry(Recorder recorder, Spans spans) {
    /** Nowhere. */
    public static final Telemetry NONE =
            new Telemetry(new Unrecorded(), new Spans(TracerProvider.noop().get("")));

    private static final String TRACER = "dev.socialexchange.keycloak";

    public static Telemetry of(KeycloakSession session) {
        return new Telemetry(session.getProvider(Recorder.class), spans(session));
    }

    /** With tracing off Keycloak's tracer does nothing. */
    private static Spans spans(KeycloakSession session) {
        TracingProvider tracing = session.getProvider(TracingProvider.class);
        Tracer tracer = tracing.getTracer(TRACER);
        return new Spans(tracer);
    }
}
