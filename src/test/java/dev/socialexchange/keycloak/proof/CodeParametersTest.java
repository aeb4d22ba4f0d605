package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.provider.StoredTokens;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes with a code goes to the provider with it, as the provider wants it. */
class CodeParametersTest {
    private static final Map<String, String> APP = Map.of("clientId", "our-app", "clientSecret", "secret");
    private static final String VK = "https://id.vk.ru/oauth2/auth";
    private static final String GOOGLE = "https://oauth2.googleapis.com/token";
    private static final String APPLE = "https://appleid.apple.com/auth/token";
    private static final String REDIRECT = "https://app.example/cb";

    private final OfflineKeycloak keycloak = new OfflineKeycloak();

    @Test
    void allOfItIsSentWithOurCredentials() {
        keycloak.answering(VK, 200, "{\"access_token\":\"at\"}")
                .answering("https://id.vk.ru/oauth2/user_info", 200, "{\"user\":{\"user_id\":\"1\"}}");
        OfflineProvider vk = OfflineProvider.ofType("vk", APP);

        Proof proof = prove(keycloak, vk, vkCode(Map.of("device_id", "d1"), "verifier"));

        assertThat(keycloak.calls(VK).get(0).body().content())
                .contains("grant_type=authorization_code")
                .contains("code=code")
                .contains("redirect_uri=https%3A%2F%2Fapp.example%2Fcb")
                .contains("code_verifier=verifier")
                .contains("device_id=d1")
                .contains("client_id=our-app")
                .contains("client_secret=secret");
        assertThat(proof.storedTokens().map(StoredTokens::text).orElseThrow())
                .as("a refresh wants it again")
                .contains("\"device_id\":\"d1\"");
    }

    @Test
    void whatIsMissingIsNamedBeforeAnybodyIsAsked() {
        OfflineProvider vk = OfflineProvider.ofType("vk", APP);

        assertNotAccepted(vk, Map.of(), ExchangeError.PARAMETER_MISSING);
        assertNotAccepted(vk, Map.of("device_id", " "), ExchangeError.PARAMETER_MISSING);
        assertThat(keycloak.calls("https://")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"d\n1", "d\u00e91"})
    void whatCannotComeFromARedirectIsRefused(String value) {
        assertNotAccepted(
                OfflineProvider.ofType("vk", APP), Map.of("device_id", value), ExchangeError.PARAMETER_INVALID);
    }

    @Test
    void identifierIsNoLongerThanOne() {
        OfflineProvider vk = OfflineProvider.ofType("vk", APP);

        assertThatCode(() ->
                        new Prover(keycloak, vk).requireAccepted(vkCode(Map.of("device_id", "x".repeat(1024)), "v")))
                .doesNotThrowAnyException();
        assertNotAccepted(vk, Map.of("device_id", "x".repeat(1025)), ExchangeError.PARAMETER_INVALID);
    }

    @Test
    void codeWithoutPkceIsRefusedWhereItHasToHaveIt() {
        assertRefused(
                keycloak,
                OfflineProvider.ofType("vk", APP),
                vkCode(Map.of("device_id", "d1"), null),
                ExchangeError.PARAMETER_MISSING,
                null);
        assertRefused(
                keycloak,
                OfflineProvider.ofType("google", APP),
                code(REDIRECT, null, Map.of()),
                ExchangeError.PARAMETER_MISSING,
                null);
    }

    /** Google's SDKs on phones, and its popup, get codes without. */
    @ParameterizedTest
    @ValueSource(strings = {"", "postmessage"})
    void codeOfAnSdkThatKnowsNoVerifierNeedsNone(String redirect) {
        keycloak.answering(GOOGLE, 400, "{\"error\":\"invalid_grant\"}");

        assertRefused(
                keycloak,
                OfflineProvider.ofType("google", APP),
                code(redirect, null, Map.of()),
                ExchangeError.TOKEN_INVALID,
                "code_refused_by_provider");
        assertThat(keycloak.calls(GOOGLE).get(0).body().content())
                .contains("redirect_uri=" + redirect)
                .doesNotContain("code_verifier");
    }

    /** An iPhone's app is another client of Apple's than the website. */
    @Test
    void codeOfANativeAppIsRedeemedAsThatApp() {
        String token = "https://issuer.example/token";
        OfflineProvider provider = OfflineProvider.describedBy(
                """
                id: phone
                name: Phone
                settings: [bundleId]
                oauth2: {authorizationUrl: "https://issuer.example/auth", tokenUrl: "%s"}
                accessToken: {profile: {get: "https://issuer.example/me", auth: bearer}}
                authorizationCode: {auth: post, pkce: optional, nativeClientId: bundleId}
                identity: {id: /sub}
                emailTrust: never
                """
                        .formatted(token),
                Map.of("clientId", "our-app", "clientSecret", "secret", "bundleId", " our.bundle "));
        keycloak.answering(token, 400, "{\"error\":\"invalid_grant\"}");

        refuse(provider, code(null, null, Map.of()));
        refuse(provider, code(REDIRECT, null, Map.of()));

        assertThat(keycloak.calls(token).get(0).body().content()).contains("client_id=our.bundle");
        assertThat(keycloak.calls(token).get(1).body().content()).contains("client_id=our-app");
    }

    /** As front ends of the Apple extension for Keycloak's first exchange say it. */
    @ParameterizedTest
    @ValueSource(strings = {"our-app", "our.bundle", "our.other.app"})
    void codeIsRedeemedAsTheAppThatTheFrontEndSaysItIs(String app) {
        keycloak.answering(APPLE, 400, "{\"error\":\"invalid_grant\"}");

        refuse(apple(), code(null, null, Map.of("app_identifier", app)));
        refuse(apple(), code(REDIRECT, null, Map.of("app_identifier", app)));

        assertThat(keycloak.calls(APPLE))
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.body().content()).contains("client_id=" + app));
    }

    @Test
    void codeOfAnAppThatIsNotOursIsRefusedBeforeAnybodyIsAsked() {
        assertRefused(
                keycloak,
                apple(),
                code(null, null, Map.of("app_identifier", "their.app")),
                ExchangeError.TOKEN_FOR_ANOTHER_APP,
                null);
        assertThat(keycloak.calls("https://")).isEmpty();
    }

    private static OfflineProvider apple() {
        return OfflineProvider.ofType(
                "apple",
                Map.of(
                        "clientId", "our-app",
                        "clientSecret", "secret",
                        "bundleId", "our.bundle",
                        "exchangeAudience", "our.other.app"));
    }

    private void refuse(OfflineProvider provider, Submission code) {
        assertRefused(keycloak, provider, code, ExchangeError.TOKEN_INVALID, "code_refused_by_provider");
    }

    private void assertNotAccepted(OfflineProvider provider, Map<String, String> further, ExchangeError error) {
        assertThatThrownBy(() -> new Prover(keycloak, provider).requireAccepted(vkCode(further, "verifier")))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.error())
                        .isEqualTo(error));
    }

    private static Submission vkCode(Map<String, String> further, String verifier) {
        return code(REDIRECT, verifier, further);
    }

    private static Submission code(String redirect, String verifier, Map<String, String> further) {
        return new Submission(TokenKind.AUTHORIZATION_CODE, "code", null, redirect, verifier, null, null, further);
    }
}
