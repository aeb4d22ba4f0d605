package dev.socialexchange.keycloak;

import jakarta.persistence.PersistenceException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.models.ModelException;

/**
 * Where the exceptions end that code throws which is not ours: mappers, steps of flows, stores, provider classes. Such a login
 * fails the same way each time until an administrator has mended something, so it is refused, named in the event, and logged
 * once with its stack.
 */
public final class ForeignCode {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    private ForeignCode() {}

    /**
     * Passes on what has a meaning of its own: refusals of ours, how a flow ended, and what the database says.
     *
     * @param what names the code for the administrator, such as {@code mapper Department}
     */
    public static <T> T call(Supplier<String> what, Supplier<T> code) {
        try {
            return code.get();
        } catch (ExchangeException | AuthenticationFlowException | ModelException | PersistenceException meant) {
            throw meant;
        } catch (RuntimeException foreign) {
            throw fault(what.get(), foreign);
        }
    }

    /** Whatever goes wrong has a meaning here and nowhere else. */
    public static <T> T alone(String what, Supplier<T> code) {
        try {
            return code.get();
        } catch (ExchangeException meant) {
            throw meant;
        } catch (RuntimeException foreign) {
            throw fault(what, foreign);
        }
    }

    /** What an exception means that nothing else has dealt with, for the event and the answer. */
    public static ExchangeException fault(String what, RuntimeException foreign) {
        if (Outage.isBehind(foreign)) {
            LOG.warnf(bare(foreign), "not done: reason=server_busy while=%s", what);
            return ExchangeException.busy("database");
        }
        LOG.errorf(bare(foreign), "refused: reason=setup_faulty while=%s", what);
        return ExchangeException.setupFaulty(what);
    }

    /** Messages may hold what a person or a provider has sent. */
    private static Throwable bare(Throwable failed) {
        Throwable cause = failed.getCause() == null || failed.getCause() == failed ? null : bare(failed.getCause());
        Throwable bare = new Throwable(failed.getClass().getName(), cause);
        bare.setStackTrace(failed.getStackTrace());
        return bare;
    }
}
