package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * A refusal of the realm's.
 *
 * @param status that the realm answers by
 * @param error of OAuth
 * @param reason {@code error_reason}; empty where Keycloak itself refuses
 */
public record Refused(int status, String error, String description, String reason) {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final String INVALID_REQUEST = "invalid_request";

    /** What Keycloak says of a client that is not there, or has not proven that it is. */
    private static final Set<String> CLIENT = Set.of("invalid_client", "unauthorized_client");

    public static Refused of(int status, JsonNode body) {
        String error = body.path("error").asText(unsaid(status));
        return new Refused(
                status,
                error,
                body.path("error_description").asText(error),
                body.path("error_reason").asText(""));
    }

    /** Of what Keycloak refuses without a body. */
    private static String unsaid(int status) {
        return status >= SERVER_ERROR ? "server_error" : status == UNAUTHORIZED ? "invalid_token" : "access_denied";
    }

    /** Whether coming again may help, and says nothing of what was sent. */
    boolean isTemporary() {
        return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
    }

    boolean isOfClient() {
        return CLIENT.contains(error);
    }

    /** Whether the provider's token is at fault, which RFC 8693 §2.2.2 says as it says that the request is. */
    boolean isOfToken() {
        return status == BAD_REQUEST && error.equals(INVALID_REQUEST) && !isOfRequest();
    }

    /**
     * Whether it is about what was sent and how, and not about the token itself: another one of this kind would not do, either. So is what
     * Keycloak itself refuses, such as a request without its proof of possession.
     */
    boolean isOfRequest() {
        return reason.isEmpty() && error.equals(INVALID_REQUEST)
                || reason.startsWith("parameter_")
                || Set.of(
                                "token_type_unsupported",
                                "requested_token_type_unsupported",
                                "binding_unavailable",
                                "scope_invalid",
                                "audience_invalid",
                                "provider_unknown")
                        .contains(reason);
    }

    /** By the status that this back end refuses with, but for what is temporary. */
    int statusOr(int usual) {
        return isTemporary() ? status : usual;
    }
}
