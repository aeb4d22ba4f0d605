package dev.socialexchange.keycloak.telemetry;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Makes the recorder a Keycloak provider, with server options of its own ({@code --spi-social-exchange-metrics--…}). */
public final class RecorderSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "social-exchange-metrics";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return Recorder.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return RecorderFactory.class;
    }
}
