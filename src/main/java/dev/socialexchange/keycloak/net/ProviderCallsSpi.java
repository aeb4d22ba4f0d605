package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.OwnSpi;

/** {@code --spi-social-exchange-calls--…} */
public final class ProviderCallsSpi extends OwnSpi<ProviderCalls> {
    public ProviderCallsSpi() {
        super("social-exchange-calls", ProviderCalls.class, ProviderCallsFactory.class);
    }
}
