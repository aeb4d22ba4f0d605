package dev.socialexchange.keycloak.simulator;

/** A refusal in the words of RFC 6749 section 5.2; each provider has its own way of writing it. */
final class OAuthFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final boolean unknownClient;

    OAuthFailure(int status, String error, String description) {
        this(status, error, description, false);
    }

    private OAuthFailure(int status, String error, String description, boolean unknownClient) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
        this.unknownClient = unknownClient;
    }

    static OAuthFailure invalidClient(String description) {
        return new OAuthFailure(401, "invalid_client", description);
    }

    /** For providers that tell this from a wrong secret. */
    static OAuthFailure unknownClient(String description) {
        return new OAuthFailure(401, "invalid_client", description, true);
    }

    static OAuthFailure redirectUriMismatch() {
        return new OAuthFailure(400, "redirect_uri_mismatch", "Bad Request");
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

    boolean isUnknownClient() {
        return unknownClient;
    }

    boolean isInvalidClient() {
        return error.equals("invalid_client");
    }

    boolean isRedirectUriMismatch() {
        return error.equals("redirect_uri_mismatch");
    }
}
