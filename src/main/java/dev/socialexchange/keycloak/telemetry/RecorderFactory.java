package dev.socialexchange.keycloak.telemetry;

import org.keycloak.provider.ProviderFactory;

/** Of {@link Recorder}. */
public interface RecorderFactory extends ProviderFactory<Recorder> {}
