package dev.socialexchange.keycloak.throttle;

import dev.socialexchange.keycloak.OwnSpi;

/** {@code --spi-social-exchange-throttle--…} */
public final class ThrottleSpi extends OwnSpi<Throttle> {
    public ThrottleSpi() {
        super("social-exchange-throttle", Throttle.class, ThrottleFactory.class);
    }
}
