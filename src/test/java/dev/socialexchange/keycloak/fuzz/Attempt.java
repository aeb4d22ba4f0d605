package dev.socialexchange.keycloak.fuzz;

import dev.socialexchange.keycloak.it.support.Answer;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One request, and what may come of it beside a refusal in the contract's form.
 *
 * @param what was done to it, for the report; no token
 * @param alias of the provider, or {@code null} at a door that has none
 * @param subject the external id that a login may be for; {@code null} if whatever the provider says now is somebody's
 */
record Attempt(String what, String alias, String subject, Set<Allowed> allowed, Supplier<Answer> request) {

    enum Allowed {
        /** Nothing that matters was changed, or nothing that the provider did not say itself. */
        SUCCESS,
        /** The provider was made to fail. */
        OUTAGE,
        /** Keycloak answers before we are asked, or something that is not ours to answer. */
        KEYCLOAKS_FORM,
        /** A door for people. */
        PAGE
    }

    static Set<Allowed> allowing(Allowed... allowed) {
        Set<Allowed> set = EnumSet.noneOf(Allowed.class);
        set.addAll(Set.of(allowed));
        return set;
    }
}
