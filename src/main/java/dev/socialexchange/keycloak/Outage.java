package dev.socialexchange.keycloak;

import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;

/** Tells this server's own trouble, which passes, from what is wrong with data or settings, which does not. */
public final class Outage {
    private static final String CLUSTER_STORE = "org.infinispan.";

    /** Causes may go round in a circle. */
    private static final int MAX_CAUSES = 32;

    private Outage() {}

    /** Whether the database or the cluster's store has failed, not whether it has refused what somebody wanted to write. */
    public static boolean isBehind(Throwable failed) {
        return !isRefusalOfData(failed) && hasSign(failed);
    }

    private static boolean hasSign(Throwable failed) {
        return causes(failed)
                .anyMatch(cause -> cause instanceof SQLException
                        || cause instanceof RollbackException
                        || cause instanceof SystemException
                        || cause instanceof XAException
                        || cause instanceof OptimisticLockException // somebody else was faster
                        || isConnectionLost(cause)
                        || cause.getClass().getName().startsWith(CLUSTER_STORE));
    }

    /** Keycloak (26.7) tells of what the database does by its innermost cause alone, such as that nobody listens there. */
    private static boolean isConnectionLost(Throwable failed) {
        return failed instanceof ModelException && failed.getCause() instanceof IOException;
    }

    /** Whether this, or what has caused it, is of that type. */
    public static boolean has(Throwable failed, Class<? extends Throwable> type) {
        return causes(failed).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failed) {
        return Stream.iterate(failed, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }

    /** Whether this is about the database: that it fails, or what it says of the data. */
    public static boolean isDatabases(Throwable failed) {
        return isBehind(failed) || isRefusalOfData(failed) || isClash(failed);
    }

    /** Whether somebody else has what was to be unique: SQLSTATE class 23, integrity constraint violation. */
    public static boolean isClash(Throwable failed) {
        return hasState(failed, "23") || has(failed, ModelDuplicateException.class);
    }

    /** Whether the database does not take the data as they are: SQLSTATE class 22, data exception, and 23. */
    public static boolean isRefusalOfData(Throwable failed) {
        return hasState(failed, "22") || isClash(failed);
    }

    private static boolean hasState(Throwable failed, String stateClass) {
        return causes(failed)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(Objects::nonNull)
                .findFirst()
                .filter(state -> state.startsWith(stateClass))
                .isPresent();
    }
}
