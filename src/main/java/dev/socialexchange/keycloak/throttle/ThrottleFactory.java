package dev.socialexchange.keycloak.throttle;

import dev.socialexchange.keycloak.PlainFactory;

/** Of {@link Throttle}. */
public interface ThrottleFactory extends PlainFactory<Throttle> {}
