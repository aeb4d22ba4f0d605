package dev.socialexchange.keycloak;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import javax.transaction.xa.XAException;

/** Tells this server's own trouble, which passes, from what is wrong with data or settings, which does not. */
public final class Outage {
    private static final String CLUSTER_STORE = "org.infinispan.";

    private Outage() {}

    /** Whether the database or the cluster's store has failed, not whether it has refused what somebody wanted to write. */
    public static boolean isBehind(Throwable failed) {
        return !isRefusalOfData(failed) && hasSign(failed);
    }

    private static boolean hasSign(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException
                    || cause instanceof RollbackException
                    || cause instanceof SystemException
                    || cause instanceof XAException
                    || cause.getClass().getName().startsWith(CLUSTER_STORE)) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody else has what was to be unique: SQLSTATE class 23, integrity constraint violation. */
    public static boolean isClash(Throwable failed) {
        return hasState(failed, "23");
    }

    /** Whether the database does not take the data as they are: SQLSTATE class 22, data exception, and 23. */
    public static boolean isRefusalOfData(Throwable failed) {
        return hasState(failed, "22") || isClash(failed);
    }

    private static boolean hasState(Throwable failed, String stateClass) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith(stateClass);
            }
        }
        return false;
    }
}
