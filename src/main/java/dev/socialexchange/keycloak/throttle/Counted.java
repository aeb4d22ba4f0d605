package dev.socialexchange.keycloak.throttle;

import dev.socialexchange.keycloak.net.Caller;

/**
 * What a limit is for.
 *
 * @param what a constant, for events
 * @param provider its immutable id; empty for what is not about one
 * @param caller without a network for what is not about an address
 */
record Counted(String what, String provider, Caller caller) {

    /** Whoever tries in vain from one address. */
    static Counted failures(Caller caller) {
        return new Counted("failures", "", caller);
    }

    /** Whoever has shown a good token from one address; kept for who comes first where there are too many. */
    static Counted successes(Caller caller) {
        return new Counted("successes", "", caller);
    }

    /** Whoever comes to a door, from one address. */
    static Counted visits(String door, Caller caller) {
        return new Counted(door, "", caller);
    }

    /** Our app at a provider, as far as one client of the realm uses it. */
    static Counted calls(String provider, Caller caller) {
        return new Counted("calls", provider, new Caller(caller.realm(), caller.client(), ""));
    }
}
