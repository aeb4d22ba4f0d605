package dev.socialexchange.keycloak.simulator;

/** A refusal in the words of RFC 6749 section 5.2; each provider has its own way of writing it. */
final class OAuthFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    OAuthFailure(int status, String error, String description) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
    }

    static OAuthFailure invalidClient(String description) {
        return new OAuthFailure(401, "invalid_client", description);
    }

    static OAuthFailure invalidGrant(String description) {
        return new OAuthFailure(400, "invalid_grant", description);
    }

    static OAuthFailure invalidRequest(String description) {
        return new OAuthFailure(400, "invalid_request", description);
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }
}
