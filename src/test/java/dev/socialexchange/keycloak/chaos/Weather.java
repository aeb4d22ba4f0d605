package dev.socialexchange.keycloak.chaos;

import java.util.EnumSet;
import java.util.Set;

/** Which mishap it is that people may notice now, if any. */
final class Weather {
    private volatile Set<Trouble> permitted = Set.of();

    /** Until {@link #clears}. */
    void turns(Mishap mishap) {
        permitted = mishap.permitted();
    }

    void clears() {
        permitted = Set.of();
    }

    Set<Trouble> now() {
        return permitted;
    }

    /** For a request that began when that much was permitted: it may have met what was wrong then, or what is wrong now. */
    boolean permits(Trouble trouble, Set<Trouble> atItsBeginning) {
        Set<Trouble> both = EnumSet.noneOf(Trouble.class);
        both.addAll(atItsBeginning);
        both.addAll(permitted);
        return both.contains(trouble);
    }
}
