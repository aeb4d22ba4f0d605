package dev.socialexchange.keycloak.simulator;

import java.util.Map;

/**
 * The Graph API's error object.
 *
 * @param subcode null if there is none
 */
record FacebookError(String type, int code, Integer subcode, String message) {

    static FacebookError oauth(int code, String message) {
        return new FacebookError("OAuthException", code, null, message);
    }

    static FacebookError invalidToken() {
        return oauth(190, "Invalid OAuth access token - Cannot parse access token");
    }

    /** Why a token that was once good is good no longer. */
    static FacebookError ended(Grant grant) {
        return grant.revoked()
                ? new FacebookError(
                        "OAuthException",
                        190,
                        458,
                        "Error validating access token: The user has not authorized application " + grant.clientId()
                                + ".")
                : new FacebookError(
                        "OAuthException",
                        190,
                        463,
                        "Error validating access token: Session has expired on " + grant.expiresAt() + ".");
    }

    Response response(int status) {
        Map<String, Object> error = Json.object("message", message, "type", type, "code", code);
        if (subcode != null) {
            error.put("error_subcode", subcode);
        }
        error.put("fbtrace_id", Digests.random(22));
        return Response.json(status, Json.object("error", error))
                .with("WWW-Authenticate", "OAuth \"Facebook Platform\" \"invalid_request\" \"" + message + "\"");
    }

    /** As {@code debug_token} reports it, in an answer with status 200. */
    Map<String, Object> debugged() {
        Map<String, Object> error = Json.object("code", code, "message", message);
        if (subcode != null) {
            error.put("subcode", subcode);
        }
        return error;
    }
}
