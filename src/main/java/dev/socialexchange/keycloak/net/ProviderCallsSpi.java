package dev.socialexchange.keycloak.net;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Makes the calls a Keycloak provider, with server options of its own ({@code --spi-social-exchange-calls--…}). */
public final class ProviderCallsSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "social-exchange-calls";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return ProviderCalls.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return ProviderCallsFactory.class;
    }
}
