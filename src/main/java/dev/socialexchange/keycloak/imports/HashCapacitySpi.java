package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.OwnSpi;

/** Without options: {@link HashCapacityFactory}. */
public final class HashCapacitySpi extends OwnSpi<HashCapacity> {
    public HashCapacitySpi() {
        super("social-exchange-hashes", HashCapacity.class, HashCapacityFactory.class);
    }
}
