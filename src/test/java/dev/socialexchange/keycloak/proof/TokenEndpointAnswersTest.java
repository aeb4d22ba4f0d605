package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.code;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.provider.StoredTokens;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token endpoint answers to a code: what is wrong for good is no outage, nor is an outage a bad code. */
class TokenEndpointAnswersTest {
    private static final String TOKEN = "https://legacy.example/token";
    private static final String PROFILE = "https://legacy.example/me";
    private static final String TOKENS = "\"access_token\":\"at\",\"token_type\":\"Bearer\"";

    private final OfflineKeycloak keycloak = new OfflineKeycloak();
    private final OfflineProvider provider = OfflineProvider.oauth2(Map.of(
            "clientId", "our-app",
            "clientSecret", "secret",
            "tokenUrl", TOKEN,
            "userInfoUrl", PROFILE,
            "userIDClaim", "sub"));

    @BeforeEach
    void openProfile() {
        keycloak.answering(PROFILE, 200, "{\"sub\":\"ada\"}");
    }

    @ParameterizedTest
    @CsvSource({"200", "201"})
    void tokensWithEitherStatusAreTokens(int status) {
        keycloak.answering(TOKEN, status, "{" + TOKENS + "}");

        accepted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=utf-8",
                "text/plain"
            })
    void tokensAsAFormAreTokens(String type) {
        keycloak.answering(
                TOKEN,
                call -> OfflineKeycloak.answer(
                        200, type, "access_token=abc%20123&scope=user%3Aemail&token_type=bearer&expires_in=300"));

        Proof proof = accepted();

        assertThat(proof.storedTokens().map(StoredTokens::text).orElseThrow())
                .contains("\"access_token\":\"abc 123\"")
                .contains("accessTokenExpiration");
        assertThat(keycloak.calls(PROFILE).get(0).headers()).containsEntry("Authorization", "Bearer abc 123");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_token=a&access_token=b",
                "access_token",
                "access_token=%zz",
                "<html>access_token=a</html>",
                ""
            })
    void formThatCanBeReadInSeveralWaysIsNone(String body) {
        keycloak.answering(TOKEN, call -> OfflineKeycloak.answer(200, "application/x-www-form-urlencoded", body));

        unavailable("provider_status_200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"error\":\"\"",
                "\"error\":null",
                "\"error\":0",
                "\"error\":\"0\"",
                "\"error\":false",
                "\"error\":{}",
                "\"error\":{\"code\":\"ok\"}",
                "\"error\":\"ok\"",
                "\"error_description\":\"none\""
            })
    void harmlessValueBesideATokenIsHarmless(String beside) {
        keycloak.answering(TOKEN, 200, "{" + TOKENS + "," + beside + "}");

        accepted();
    }

    @Test
    void errorBesideATokenIsAnError() {
        keycloak.answering(TOKEN, 200, "{" + TOKENS + ",\"error\":\"invalid_grant\"}");
        refused("code_refused_by_provider");

        keycloak.answering(TOKEN, 200, "{" + TOKENS + ",\"error\":\"server_error\"}");
        unavailable("provider_status_200");
    }

    /** RFC 6749 §5.2, and words that production code of other projects knows. */
    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, code_refused_by_provider",
        "401, invalid_grant, code_refused_by_provider",
        "400, invalid_request, code_refused_by_provider",
        "200, bad_verification_code, code_refused_by_provider",
        "200, invalid_code, code_refused_by_provider",
        "200, code_already_used, code_refused_by_provider",
        "400, some_word_of_its_own, code_refused_by_provider",
        "403, authorization_code_expired, code_refused_by_provider",
        "200, bad_redirect_uri, redirect_uri_refused_by_provider",
        "400, invalid_redirect_uri, redirect_uri_refused_by_provider",
        "400, redirect_uri_mismatch, redirect_uri_refused_by_provider",
        "200, bad_code_verifier, code_verifier_refused_by_provider"
    })
    void mistakeOfTheFrontEndIsARefusal(int status, String error, String detail) {
        keycloak.answering(TOKEN, status, "{\"error\":\"" + error + "\"}");

        refused(detail);
    }

    @Test
    void mistakeToldAsAFormIsARefusal() {
        keycloak.answering(
                TOKEN,
                call -> OfflineKeycloak.answer(
                        200, "application/x-www-form-urlencoded", "error=bad_verification_code&error_uri=x"));

        refused("code_refused_by_provider");
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_client",
        "400, invalid_client",
        "400, unauthorized_client",
        "400, unsupported_grant_type",
        "200, incorrect_client_credentials",
        "200, bad_client_secret",
        "403, invalid client secret",
        "401, some_word_of_its_own",
        "200, some_word_of_its_own",
        "400, server_error",
        "429, invalid_grant",
        "503, invalid_grant"
    })
    void ourOwnMistakeAndAnOutageAreNotTheFrontEnds(int status, String error) {
        keycloak.answering(TOKEN, status, "{\"error\":\"" + error + "\"}");

        unavailable("provider_status_" + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void pageThatSaysNothingIsNoRefusal(int status) {
        keycloak.answering(TOKEN, call -> OfflineKeycloak.answer(status, "text/html", "<html>"));

        unavailable("provider_status_" + status);
    }

    /** The mirror of {@code refused}. */
    @Test
    void descriptorSaysWhichErrorsAreOurs() {
        String yaml =
                """
                id: intranet
                oauth2: {authorizationUrl: "https://legacy.example/authorize", tokenUrl: "https://legacy.example/token"}
                accessToken: {profile: {get: "https://legacy.example/me", auth: bearer}}
                authorizationCode: {pkce: optional%s}
                identity: {id: /sub}
                """;
        Map<String, String> settings = Map.of("clientId", "our-app", "clientSecret", "secret");
        keycloak.answering(TOKEN, 400, "{\"error\":\"unknown_app\"}");

        assertRefused(
                keycloak,
                OfflineProvider.describedBy(yaml.formatted(""), settings),
                code("c"),
                ExchangeError.TOKEN_INVALID,
                "code_refused_by_provider");
        assertRefused(
                keycloak,
                OfflineProvider.describedBy(yaml.formatted(", ours: {/error: [unknown_app, no_app]}"), settings),
                code("c"),
                ExchangeError.PROVIDER_UNAVAILABLE,
                "provider_status_400");
    }

    /** With status 200, and a number in a place of its own. */
    @Test
    void weChatsNumberForACodeIsARefusal() {
        OfflineProvider weChat = OfflineProvider.ofType("wechat", Map.of("clientId", "our-app", "clientSecret", "s"));
        keycloak.answering("https://api.weixin.qq.com", 200, "{\"errcode\":40029,\"errmsg\":\"invalid code\"}");

        assertRefused(keycloak, weChat, code("c"), ExchangeError.TOKEN_INVALID, "code_refused_by_provider");
    }

    @Test
    void slacksWordForARedirectUriIsARefusalAndItsRateLimitIsNone() {
        keycloak.answering(
                "https://slack.com/api/openid.connect.token", 200, "{\"ok\":false,\"error\":\"ratelimited\"}");
        OfflineProvider slack = OfflineProvider.ofType("slack", Map.of("clientId", "our-app", "clientSecret", "s"));
        assertRefused(keycloak, slack, code("c"), ExchangeError.PROVIDER_UNAVAILABLE, "provider_status_200");

        keycloak.answering(
                "https://slack.com/api/openid.connect.token", 200, "{\"ok\":false,\"error\":\"bad_redirect_uri\"}");
        assertRefused(keycloak, slack, code("c"), ExchangeError.TOKEN_INVALID, "redirect_uri_refused_by_provider");
    }

    private Proof accepted() {
        Proof proof = prove(keycloak, provider, code("the-code"));
        assertThat(provider.subject(proof.evidence())).contains("ada");
        return proof;
    }

    private void refused(String detail) {
        assertRefused(keycloak, provider, code("the-code"), ExchangeError.TOKEN_INVALID, detail);
    }

    private void unavailable(String detail) {
        assertRefused(keycloak, provider, code("the-code"), ExchangeError.PROVIDER_UNAVAILABLE, detail);
    }
}
