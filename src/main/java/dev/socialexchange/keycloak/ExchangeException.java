package dev.socialexchange.keycloak;

import org.keycloak.OAuthErrorException;

/**
 * A refused exchange. The description is for the front end and says nothing that the caller may not know; the detail, a
 * constant of ours, goes to the event and the log only.
 */
public final class ExchangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a client waits at least before it asks again, in seconds, where a provider names no other time. */
    public static final int RETRY_AFTER_SECONDS = 5;

    private final ExchangeError error;
    private final String detail;
    private final int retryAfter;
    private final boolean browserHelps;
    private final boolean told;

    private ExchangeException(ExchangeError error, String description, String detail, int retryAfter) {
        this(error, description, detail, retryAfter, OAuthErrorException.INTERACTION_REQUIRED.equals(error.error()));
    }

    private ExchangeException(
            ExchangeError error, String description, String detail, int retryAfter, boolean browserHelps) {
        this(error, description, detail, retryAfter, browserHelps, true);
    }

    private ExchangeException(
            ExchangeError error,
            String description,
            String detail,
            int retryAfter,
            boolean browserHelps,
            boolean told) {
        super(description, null, false, false); // an answer, not a fault: no stack trace is ever looked at
        this.error = error;
        this.detail = detail;
        this.retryAfter = retryAfter;
        this.browserHelps = browserHelps;
        this.told = told;
    }

    /** With the error's own description. */
    public static ExchangeException refuse(ExchangeError error) {
        return because(error, null);
    }

    /** With the error's own description. */
    public static ExchangeException because(ExchangeError error, String detail) {
        return refuse(error, error.description(), detail);
    }

    public static ExchangeException refuse(ExchangeError error, String description) {
        return new ExchangeException(error, description, null, RETRY_AFTER_SECONDS);
    }

    public static ExchangeException refuse(ExchangeError error, String description, String detail) {
        return new ExchangeException(error, description, detail, RETRY_AFTER_SECONDS);
    }

    /** The provider cannot be asked now, and does not say when it can; the token may be good. */
    public static ExchangeException unavailable(String detail) {
        return unavailable(detail, RETRY_AFTER_SECONDS);
    }

    /** The same, where the provider has said how long to wait. */
    public static ExchangeException unavailable(String detail, int retryAfterSeconds) {
        return unavailable(ExchangeError.PROVIDER_UNAVAILABLE.description(), detail, retryAfterSeconds);
    }

    /** This server cannot do it now; the token may be good, and the provider is not to blame. */
    public static ExchangeException busy(String detail) {
        return new ExchangeException(ExchangeError.SERVER_BUSY, ExchangeError.SERVER_BUSY.description(), detail, 1);
    }

    /**
     * Too many requests in vain.
     *
     * @param what was too much, for the event
     * @param begins false if an event has told it already
     */
    public static ExchangeException throttled(int retryAfterSeconds, String what, boolean begins) {
        ExchangeError error = ExchangeError.THROTTLED;
        return new ExchangeException(error, error.description(), what, retryAfterSeconds, false, begins);
    }

    /** @param detail what the administrator has to mend */
    public static ExchangeException setupFaulty(String detail) {
        return because(ExchangeError.SETUP_FAULTY, detail);
    }

    /** The same, where more can be said. */
    public static ExchangeException unavailable(String description, String detail, int retryAfterSeconds) {
        return new ExchangeException(ExchangeError.PROVIDER_UNAVAILABLE, description, detail, retryAfterSeconds);
    }

    /** The same, where a browser could go on only by leaving out what has failed. */
    public ExchangeException withoutBrowser() {
        return new ExchangeException(error, getMessage(), detail, retryAfter, false);
    }

    /** Whether an event tells it: one does of each, but for what would fill the event store. */
    public boolean isTold() {
        return told;
    }

    /** Whether the person could go on in a browser from here. */
    public boolean browserHelps() {
        return browserHelps;
    }

    public ExchangeError error() {
        return error;
    }

    /** Why exactly, for the event and the log; {@code null} if the error says it all. */
    public String detail() {
        return detail;
    }

    /** Seconds, for the {@code Retry-After} header of a temporary refusal. */
    public int retryAfter() {
        return retryAfter;
    }
}
