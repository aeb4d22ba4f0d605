package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.PlainFactory;

/** Of {@link ProviderCalls}. */
public interface ProviderCallsFactory extends PlainFactory<ProviderCalls> {}
