package dev.socialexchange.keycloak;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Makes something of ours a Keycloak provider: its factory holds what outlives a request, and may have server options. */
public abstract class OwnSpi<T extends Provider> implements Spi {
    private final String name;
    private final Class<T> provider;
    private final Class<? extends ProviderFactory<T>> factory;

    protected OwnSpi(String name, Class<T> provider, Class<? extends ProviderFactory<T>> factory) {
        this.name = name;
        this.provider = provider;
        this.factory = factory;
    }

    @Override
    public final boolean isInternal() {
        return false;
    }

    @Override
    public final String getName() {
        return name;
    }

    @Override
    public final Class<? extends Provider> getProviderClass() {
        return provider;
    }

    @Override
    public final Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return factory;
    }
}
