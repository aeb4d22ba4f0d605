package dev.socialexchange.keycloak.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.socialexchange.keycloak.ExchangeError;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reason that the realm has, as each back end's apps are told it: status and body, whole. */
class ShapeRefusalsTest {
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;

    static Stream<ExchangeError> reasons() {
        return Arrays.stream(ExchangeError.values()).filter(error -> RefusalKind.of(error) != RefusalKind.ELSEWHERE);
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void drfSocialOauth2(ExchangeError error) {
        String member =
                switch (RefusalKind.of(error)) {
                    case REQUEST -> "invalid_request";
                    case LATER -> "detail";
                    default -> error == ExchangeError.ACCOUNT_EXISTS ? "error" : "access_denied";
                };
        String text = RefusalKind.of(error) == RefusalKind.TOKEN
                ? "The token you provided is invalid or expired."
                : error == ExchangeError.ACCOUNT_EXISTS
                        ? "A user with this email already exists."
                        : error.description();

        assertThat(told("drf-social-oauth2", "POST convert-token", error))
                .isEqualTo(new AppAnswer(statusOr400(error), AppAnswer.object().put(member, text)));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void djRestAuth(ExchangeError error) {
        String text = RefusalKind.of(error) == RefusalKind.TOKEN
                ? "Incorrect value"
                : error == ExchangeError.ACCOUNT_EXISTS
                        ? "User is already registered with this e-mail address."
                        : error.description();

        assertThat(told("dj-rest-auth", "POST google", error))
                .isEqualTo(
                        RefusalKind.of(error) == RefusalKind.LATER
                                ? AppAnswer.of(error.status(), "detail", text)
                                : AppAnswer.ofList(400, "non_field_errors", text));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void restSocialAuth(ExchangeError error) {
        assertThat(told("rest-social-auth", "POST social/jwt-pair", error))
                .isEqualTo(new AppAnswer(statusOr400(error), new TextNode(error.description())));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void auth0(ExchangeError error) {
        assertThat(told("auth0", "POST oauth/token", error))
                .isEqualTo(new AppAnswer(
                        error.status(),
                        AppAnswer.object().put("error", error.error()).put("error_description", error.description())));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void supabase(ExchangeError error) {
        int status = RefusalKind.of(error) == RefusalKind.LATER
                ? error.status()
                : error.status() == FORBIDDEN ? FORBIDDEN : 400;
        JsonNode body = RefusalKind.of(error) == RefusalKind.TOKEN
                ? AppAnswer.object().put("error", "invalid request").put("error_description", "Bad ID token")
                : AppAnswer.object()
                        .put("code", status)
                        .put("error_code", supabasesCode(error))
                        .put("msg", error.description());

        assertThat(told("supabase", "POST auth/v1/token?grant_type=id_token", error))
                .isEqualTo(new AppAnswer(status, body));
    }

    /** GoTrue's own codes, so that its clients' messages fit; what it has no word for is a request that did not pass. */
    private static String supabasesCode(ExchangeError error) {
        return switch (RefusalKind.of(error)) {
            case LATER ->
                error == ExchangeError.THROTTLED
                        ? "over_request_rate_limit"
                        : error == ExchangeError.SERVER_BUSY ? "unexpected_failure" : "request_timeout";
            case PERSON ->
                switch (error) {
                    case ACCOUNT_EXISTS -> "email_exists";
                    case USERNAME_TAKEN -> "user_already_exists";
                    case VERIFY_EMAIL -> "email_not_confirmed";
                    case SECOND_FACTOR -> "insufficient_aal";
                    default -> "validation_failed";
                };
            case DENIED ->
                switch (error) {
                    case DOOR_CLOSED, CLIENT_NOT_ALLOWED -> "provider_disabled";
                    case LINKING_ONLY, REGISTRATION_DISABLED -> "signup_disabled";
                    case ACCOUNT_UNAVAILABLE -> "user_banned";
                    default -> "validation_failed";
                };
            default -> error == ExchangeError.PROVIDER_UNKNOWN ? "provider_disabled" : "validation_failed";
        };
    }

    /** Of the realm's own tokens: what apps wait for before they ask the person to sign in again. */
    @ParameterizedTest
    @ValueSource(strings = {"dj-rest-auth", "supabase", "auth0"})
    void whoIsNobodyHereIsToldToSignInAgain(String shape) {
        AppAnswer answer = Shapes.named(shape)
                .refused(
                        Shapes.request("GET user", null),
                        new Meant.Person(),
                        Shapes.refused(ExchangeError.ACCESS_TOKEN_INVALID));

        assertThat(answer.status()).isIn(401, FORBIDDEN);
        assertThat(answer.body().toString()).containsAnyOf("token_not_valid", "bad_jwt", "invalid_token");
    }

    /** What Keycloak itself refuses has no reason, and is no bad token: its person would be sent to the provider again, in vain. */
    @ParameterizedTest
    @ValueSource(strings = {"drf-social-oauth2", "dj-rest-auth", "supabase"})
    void aMissingProofOfPossessionIsNoBadToken(String shape) {
        Refused refused = Refused.of(
                400, Shapes.json("{\"error\":\"invalid_request\",\"error_description\":\"DPoP proof is missing\"}"));

        AppAnswer answer = Shapes.named(shape).refused(Shapes.request("POST convert-token", null), exchange(), refused);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString()).contains("DPoP proof is missing");
    }

    /** A refusal without a body, as of a foreign origin. */
    @Test
    void nothingIsToldWithoutAWord() {
        Refused refused = Refused.of(FORBIDDEN, Shapes.json("{}"));

        assertThat(refused.description()).isNotBlank();
        assertThat(Refused.of(401, Shapes.json("{}")).error()).isEqualTo("invalid_token");
    }

    private static AppAnswer told(String shape, String line, ExchangeError error) {
        AppAnswer answer = Shapes.named(shape).refused(Shapes.request(line, null), exchange(), Shapes.refused(error));
        assertThat(answer.status()).isNotEqualTo(OK);
        return answer;
    }

    private static Meant exchange() {
        return Shapes.named("dj-rest-auth").read(Shapes.request("POST google", "{\"access_token\":\"t\"}"));
    }

    private static int statusOr400(ExchangeError error) {
        return RefusalKind.of(error) == RefusalKind.LATER ? error.status() : 400;
    }
}
