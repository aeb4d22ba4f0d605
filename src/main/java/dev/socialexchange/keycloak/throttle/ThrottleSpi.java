package dev.socialexchange.keycloak.throttle;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Makes the throttle a Keycloak provider, with server options of its own ({@code --spi-social-exchange-throttle--…}). */
public final class ThrottleSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "social-exchange-throttle";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return Throttle.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return ThrottleFactory.class;
    }
}
