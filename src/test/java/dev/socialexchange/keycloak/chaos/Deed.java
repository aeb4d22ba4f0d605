package dev.socialexchange.keycloak.chaos;

import java.util.Random;

/** Something that people do. */
@FunctionalInterface
interface Deed {
    void happen(Random dice);
}
