package dev.socialexchange.keycloak.signal;

import dev.socialexchange.keycloak.descriptor.SignalRules;

/** What is not the provider's word to us. The detail, a constant of ours, is for the event and the log only. */
public final class SignalRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SignalError error;
    private final String detail;

    SignalRefusal(SignalError error, String detail) {
        super(detail, null, false, false); // an answer, not a fault
        this.error = error;
        this.detail = detail;
    }

    static SignalRefusal malformed(String detail) {
        return new SignalRefusal(SignalError.INVALID_REQUEST, detail);
    }

    static SignalRefusal forged(String detail) {
        return new SignalRefusal(SignalError.AUTHENTICATION_FAILED, detail);
    }

    public SignalError error() {
        return error;
    }

    /** Whether a provider that tries us out may have sent it: a wrong signature, which costs no call, and which nobody finds by trying. */
    public boolean isOfProbe(SignalRules rules) {
        return rules.probes() && error == SignalError.AUTHENTICATION_FAILED;
    }

    public String detail() {
        return detail;
    }
}
