package dev.socialexchange.keycloak.telemetry;

import dev.socialexchange.keycloak.OwnSpi;

/** {@code --spi-social-exchange-metrics--…} */
public final class RecorderSpi extends OwnSpi<Recorder> {
    public RecorderSpi() {
        super("social-exchange-metrics", Recorder.class, RecorderFactory.class);
    }
}
