package dev.socialexchange.keycloak.net;

import org.keycloak.provider.ProviderFactory;

/** Of {@link ProviderCalls}. */
public interface ProviderCallsFactory extends ProviderFactory<ProviderCalls> {}
