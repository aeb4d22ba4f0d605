package dev.socialexchange.keycloak.throttle;

import org.keycloak.provider.ProviderFactory;

/** Of {@link Throttle}. */
public interface ThrottleFactory extends ProviderFactory<Throttle> {}
