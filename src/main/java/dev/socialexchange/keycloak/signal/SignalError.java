package dev.socialexchange.keycloak.signal;

import java.util.Locale;

/** Why a signal is refused, as RFC 8935 §2.4 and the registry of IANA have it. */
public enum SignalError {
    INVALID_REQUEST("The request body cannot be parsed as a signal, or the event within it does not conform"),
    INVALID_KEY("The signature's key or algorithm is not acceptable"),
    INVALID_ISSUER("The issuer is not this provider"),
    INVALID_AUDIENCE("The audience is not this receiver"),
    AUTHENTICATION_FAILED("The sender could not be authenticated");

    private final String description;

    SignalError(String description) {
        this.description = description;
    }

    /** The {@code err} of the answer. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For whoever runs the other side; never says anything about a person. */
    public String description() {
        return description;
    }
}
