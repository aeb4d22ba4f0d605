package dev.socialexchange.keycloak.fuzz;

/** One way to be odd. */
interface Category {

    /** Made of chance alone, so that the same dice make the same attempt, but for names, keys and times. */
    Attempt next(Dice dice);
}
