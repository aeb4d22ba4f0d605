package dev.socialexchange.keycloak.shape;

import static java.util.Map.entry;

import java.util.Map;

/** Refusals as GoTrue says them. */
final class SupabaseErrors {
    private static final int FORBIDDEN = 403;

    /** GoTrue's words for what is wrong, by ours. */
    private static final Map<String, String> CODES = Map.ofEntries(
            entry("provider_unknown", "provider_disabled"),
            entry("client_not_allowed", "provider_disabled"),
            entry("door_closed", "provider_disabled"),
            entry("linking_only", "signup_disabled"),
            entry("registration_disabled", "signup_disabled"),
            entry("account_unavailable", "user_banned"),
            entry("account_exists", "email_exists"),
            entry("username_taken", "user_already_exists"),
            entry("verify_email", "email_not_confirmed"),
            entry("second_factor", "insufficient_aal"),
            entry("throttled", "over_request_rate_limit"),
            entry("provider_unavailable", "request_timeout"),
            entry("server_busy", "unexpected_failure"));

    private SupabaseErrors() {}

    static AppAnswer of(Meant meant, Refused refused) {
        if (meant instanceof Meant.Refresh && !refused.isTemporary()) {
            return answer(
                    AppAnswer.BAD_REQUEST, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
        }
        if (!meant.isSignIn() && !refused.isTemporary()) {
            return answer(FORBIDDEN, "bad_jwt", "invalid JWT: unable to parse or verify signature");
        }
        String code = CODES.get(refused.reason());
        if (refused.isOfToken()) {
            return AppAnswer.ofOAuth(AppAnswer.BAD_REQUEST, "invalid request", "Bad ID token");
        }
        return answer(
                refused.statusOr(refused.status() == FORBIDDEN ? FORBIDDEN : AppAnswer.BAD_REQUEST),
                code == null ? "validation_failed" : code,
                refused.description());
    }

    static AppAnswer answer(int status, String code, String message) {
        return new AppAnswer(
                status,
                AppAnswer.object().put("code", status).put("error_code", code).put("msg", message));
    }
}
