package dev.socialexchange.keycloak.revocation;

import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.proof.TokenWithdrawal.Result;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * An attempt at taking back what somebody has left. What an earlier one has seen is nothing to go by: most providers end all that the account has allowed our app, and
 * the account may be in use again.
 */
final class Attempt {
    static final String DONE = "done";

    /** The code of ours, or of others, that is to ask does not work. */
    static final String FAILED = "failed";

    /** Somebody has the account: what the provider would end is in use. */
    static final String IN_USE = "in_use";

    private final Consumer<Consumer<Grant>> inSession;
    private final Consumer<String> log;

    /** What somebody has left, as one session finds it. */
    interface Grant {
        /** Whether the realm and its provider are there, and want it back. */
        boolean isWanted();

        /** Whether the account is linked, to whomever. */
        boolean isInUse();

        Result takeBack();

        void tell(String outcome);
    }

    /**
     * @param inSession does something in a session of its own, and throws what fails
     * @param log is told why it has come to nothing
     */
    Attempt(Consumer<Consumer<Grant>> inSession, Consumer<String> log) {
        this.inSession = inSession;
        this.log = log;
    }

    /**
     * @param last whether nothing follows it: it is told then, whatever has happened
     * @return whether that is all
     */
    boolean isAll(boolean last) {
        boolean[] finished = {false};
        ForeignCode.aside("revocation", () -> inSession.accept(grant -> finished[0] = isAll(grant, last)));
        if (!finished[0] && last) {
            gaveUp(FAILED);
        }
        return finished[0] || last;
    }

    /** The log first: it needs neither a session nor a database. */
    void gaveUp(String outcome) {
        log.accept(outcome);
        ForeignCode.aside("revocation", () -> inSession.accept(grant -> grant.tell(outcome)));
    }

    private boolean isAll(Grant grant, boolean last) {
        if (!grant.isWanted()) {
            return true;
        }
        if (grant.isInUse()) {
            grant.tell(IN_USE);
            return true;
        }
        Result result = grant.takeBack();
        if (result == Result.LATER && !last) {
            return false;
        }
        String outcome = result == Result.LATER ? "unreachable" : result.name().toLowerCase(Locale.ROOT);
        if (result != Result.DONE) {
            log.accept(outcome);
        }
        grant.tell(outcome);
        return true;
    }
}
