package dev.socialexchange.keycloak;

import jakarta.ws.rs.WebApplicationException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.storage.ReadOnlyException;

/**
 * Where ends what code throws that is not ours: mappers, steps of flows, stores, provider classes. Such a login fails the same
 * way each time until an administrator has mended something, so it is refused, named in the event, and logged once with its
 * stack.
 *
 * <p>All that can be thrown is caught here: half of an extension is a {@code LinkageError}, a step that calls itself a {@code
 * StackOverflowError}, and code in Kotlin or Scala throws checked exceptions that nobody has declared.
 */
public final class ForeignCode {
    /** What follows the name of the code in the event. */
    public static final String READ_ONLY = "user_storage_read_only";

    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    /** Causes may go round in a circle. */
    private static final int MAX_CAUSES = 32;

    private static final int SERVER_ERROR = 500;

    private ForeignCode() {}

    /**
     * Passes on what has a meaning of its own: refusals of ours, what the database says, and how Keycloak's own code answers a
     * request for tokens.
     *
     * @param what names the code for the administrator, such as {@code mapper Department}
     */
    public static <T> T call(Supplier<String> what, Supplier<T> code) {
        try {
            return code.get();
        } catch (ExchangeException | CorsErrorResponseException meant) {
            throw meant;
        } catch (Throwable foreign) {
            if (foreign instanceof RuntimeException verdict && Outage.isDatabases(foreign)) {
                throw verdict;
            }
            throw fault(what.get(), foreign);
        }
    }

    /** Whatever goes wrong has a meaning here and nowhere else. */
    public static <T> T alone(String what, Supplier<T> code) {
        try {
            return code.get();
        } catch (ExchangeException meant) {
            throw meant;
        } catch (Throwable foreign) {
            throw fault(what, foreign);
        }
    }

    /** The whole of a request: passes on what Keycloak's own code answers, such as to one without its proof of possession. */
    public static <T> T request(String what, Supplier<T> code) {
        try {
            return code.get();
        } catch (ExchangeException | CorsErrorResponseException meant) {
            throw meant;
        } catch (IdentityBrokerException unreadable) {
            // what Keycloak's own provider classes throw at a profile that they cannot read
            throw ExchangeException.unavailable("identity_unusable");
        } catch (Throwable foreign) {
            throw fault(what, foreign);
        }
    }

    /** The same where people see pages: passes on Keycloak's own, and its redirects. */
    public static <T> T page(String what, Supplier<T> code) {
        try {
            return code.get();
        } catch (ExchangeException meant) {
            throw meant;
        } catch (Throwable foreign) {
            if (foreign instanceof WebApplicationException keycloaks
                    && keycloaks.getResponse().getStatus() < SERVER_ERROR) {
                throw keycloaks;
            }
            throw fault(what, foreign);
        }
    }

    /** What the answer does not depend on, such as that somebody hears of it: a failure is logged, and that is all. */
    public static void aside(String what, Runnable code) {
        try {
            code.run();
        } catch (Throwable foreign) {
            requireGoingOn(foreign);
            LOG.errorf(bare(foreign, MAX_CAUSES), "not done: while=%s", what);
        }
    }

    /** What something means that nothing else has dealt with, for the event and the answer. */
    public static ExchangeException fault(String what, Throwable foreign) {
        requireGoingOn(foreign);
        if (Outage.isBehind(foreign)) {
            LOG.warnf(bare(foreign, MAX_CAUSES), "not done: reason=server_busy while=%s", what);
            return ExchangeException.busy("database");
        }
        LOG.errorf(bare(foreign, MAX_CAUSES), "refused: reason=setup_faulty while=%s", what);
        return ExchangeException.setupFaulty(
                Outage.has(foreign, ReadOnlyException.class) ? what + ": " + READ_ONLY : what);
    }

    /** No refusal helps a server that has no memory left; a stack that was too small is free again. */
    private static void requireGoingOn(Throwable foreign) {
        if (foreign instanceof VirtualMachineError fatal && !(foreign instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    /** Messages may hold what a person or a provider has sent. */
    private static Throwable bare(Throwable failed, int causes) {
        Throwable cause = failed.getCause() == null || causes == 0 ? null : bare(failed.getCause(), causes - 1);
        Throwable bare = new Throwable(failed.getClass().getName(), cause);
        bare.setStackTrace(failed.getStackTrace());
        return bare;
    }
}
