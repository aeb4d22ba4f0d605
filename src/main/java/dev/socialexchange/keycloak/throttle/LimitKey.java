package dev.socialexchange.keycloak.throttle;

import dev.socialexchange.keycloak.net.Caller;

/**
 * What a limit is for.
 *
 * @param what a constant, for events
 * @param provider its immutable id; empty for what is not about one
 * @param caller without a network for what is not about an address
 */
record LimitKey(String what, String provider, Caller caller) {

    /** Whoever tries in vain from one address. */
    static LimitKey failures(Caller caller) {
        return new LimitKey("failures", "", caller);
    }

    /** Whoever has shown a good token from one address; kept for who comes first where there are too many. */
    static LimitKey successes(Caller caller) {
        return new LimitKey("successes", "", caller);
    }

    /** Whoever comes to a door, from one address. */
    static LimitKey visits(String door, Caller caller) {
        return new LimitKey(door, "", caller);
    }

    /** Our app at a provider, as far as one client of the realm uses it. */
    static LimitKey calls(String provider, Caller caller) {
        return new LimitKey("calls", provider, new Caller(caller.realm(), caller.client(), ""));
    }
}
