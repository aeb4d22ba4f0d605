package dev.socialexchange.keycloak;

import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * An exchange that an administrator tries: the same code in sessions that are never committed. What acts beside the transaction
 * (single use, throttle, metrics, events, failed logins) asks here, and stays away.
 */
public final class Rehearsal {
    /** Carried into each session that works for the request. */
    static final String ATTRIBUTE = Rehearsal.class.getName();

    /** Detail of a refusal that is none: nobody can tell what would follow without its having an effect. */
    public static final String ENDS_AT_USER_STORAGE = "rehearsal_ends_at_user_storage";

    private Rehearsal() {}

    /** @param session that nothing has been asked of, and that is not to be committed */
    public static void begin(KeycloakSession session, Journal journal) {
        session.setAttribute(ATTRIBUTE, journal);
        session.getTransactionManager().setRollbackOnly();
    }

    public static boolean is(KeycloakSession session) {
        return session.getAttribute(ATTRIBUTE) != null;
    }

    /** Of a rehearsal; of a real request, one that nobody reads. */
    public static Journal journal(KeycloakSession session) {
        Journal journal = session.getAttribute(ATTRIBUTE, Journal.class);
        return journal == null ? Journal.NONE : journal;
    }

    /** Instead of a commit: the database gets to see what it would refuse, and none of it stays. */
    static void end(KeycloakSession session) {
        if (!session.getTransactionManager().getRollbackOnly()) {
            session.getProvider(JpaConnectionProvider.class).getEntityManager().flush();
        }
        session.getTransactionManager().setRollbackOnly();
    }
}
