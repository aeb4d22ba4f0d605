package dev.socialexchange.keycloak;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import org.keycloak.models.KeycloakSession;
import org.keycloak.transaction.JtaTransactionManagerLookup;

/**
 * The database connection of the request's own session. Keycloak (26.7) takes one from the pool at the first look at the
 * database and keeps it until the request ends. A request that meanwhile waits for a second one, for a guard or for a provider
 * deadlocks the pool with others of its kind, so an exchange gives its connection back before it waits for anything.
 */
public final class RequestConnection {

    private RequestConnection() {}

    /** What the session has written so far, if anything, stays. Its next look at the database takes another connection. */
    public static void release(KeycloakSession session) {
        renew(session, true);
    }

    /** The same for a request that is refused: what the session has written is gone. */
    public static void abandon(KeycloakSession session) {
        renew(session, false);
    }

    /** The session's transaction is the thread's, which Keycloak commits or rolls back whichever it is by then. */
    private static void renew(KeycloakSession session, boolean commit) {
        JtaTransactionManagerLookup lookup = session.getProvider(JtaTransactionManagerLookup.class);
        TransactionManager transactions = lookup == null ? null : lookup.getTransactionManager();
        if (transactions == null) {
            return;
        }
        try {
            try {
                end(transactions, commit);
            } finally {
                transactions.begin();
            }
        } catch (RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException
                | SystemException
                | NotSupportedException failed) {
            throw ExchangeException.busy("database");
        }
    }

    private static void end(TransactionManager transactions, boolean commit)
            throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
        if (commit && transactions.getStatus() == Status.STATUS_ACTIVE) {
            transactions.commit();
        } else {
            transactions.rollback();
        }
    }
}
