package dev.socialexchange.keycloak.telemetry;

import dev.socialexchange.keycloak.PlainFactory;

/** Of {@link Recorder}. */
public interface RecorderFactory extends PlainFactory<Recorder> {}
