package dev.socialexchange.keycloak.provider;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Lets provider types find the verifier of their tokens. */
public final class TokenReaderSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "social-exchange-token-reader";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return TokenReader.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return TokenReaderFactory.class;
    }
}
