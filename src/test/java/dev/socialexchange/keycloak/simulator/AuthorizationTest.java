package dev.socialexchange.keycloak.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of a browser: authorization page, redirect, token endpoint, userinfo. */
class AuthorizationTest {

    private static final Simulator SIMULATOR = Simulator.start(0);
    private static final String VERIFIER = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";
    private static final String CHALLENGE = Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Digests.sha256(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
    private static final String REDIRECT_URI = "http://localhost:8080/realms/social/broker/any/endpoint";

    private final Caller caller = new Caller(SIMULATOR);

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @ParameterizedTest
    @CsvSource({
        "google, accounts.google.com/o/oauth2/v2/auth, oauth2.googleapis.com/token, openidconnect.googleapis.com/v1/userinfo, sub",
        "facebook, graph.facebook.com/oauth/authorize, graph.facebook.com/oauth/access_token, graph.facebook.com/me, id",
        "facebook, www.facebook.com/v24.0/dialog/oauth, graph.facebook.com/oauth/access_token, graph.facebook.com/me, id",
        "github, github.com/login/oauth/authorize, github.com/login/oauth/access_token, api.github.com/user, id",
        "github, ghe.example/login/oauth/authorize, ghe.example/login/oauth/access_token, ghe.example/api/v3/user, id",
        "acme, acme.example/authorize, acme.example/token, acme.example/userinfo, sub",
        "partner, partner.example/realms/partner/protocol/openid-connect/auth, partner.example/realms/partner/protocol/openid-connect/token, partner.example/realms/partner/protocol/openid-connect/userinfo, sub",
        "legacy, legacy.example/authorize, legacy.example/token, legacy.example/userinfo, sub",
    })
    void codeFlowWithProofKeyLeadsToTheProfile(
            String name, String authorize, String token, String userinfo, String subject) {
        Provider provider = SIMULATOR.providers().get(name);
        Map<String, String> redirect = caller.get(authorize + "?" + query(provider, "code", "login", "5550103"))
                .redirectParameters();
        assertThat(redirect).containsEntry("state", "a state").containsKey("code");

        Caller.Answer tokens = caller.postForm(
                token,
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        redirect.get("code"),
                        "redirect_uri",
                        REDIRECT_URI,
                        "client_id",
                        provider.clientId(),
                        "client_secret",
                        provider.secret(provider.clientId()),
                        "code_verifier",
                        VERIFIER),
                "Accept",
                "application/json");

        String accessToken = tokens.json().get("access_token").textValue();
        assertThat(caller.get(userinfo, "Authorization", "Bearer " + accessToken)
                        .json()
                        .get(subject)
                        .asText())
                .isEqualTo("5550103");
    }

    @Test
    void wrongVerifierSpoilsTheCode() {
        String code = SIMULATOR.acme().code("acme-client", People.ADA, REDIRECT_URI, CHALLENGE);
        Map<String, Object> form = new LinkedHashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                REDIRECT_URI,
                "code_verifier",
                "wrong"));
        String client = Caller.basic("acme-client", "acme-secret");

        assertThat(caller.postForm("acme.example/token", form, "Authorization", client)
                        .status())
                .isEqualTo(400);
        form.put("code_verifier", VERIFIER);
        assertThat(caller.postForm("acme.example/token", form, "Authorization", client)
                        .json()
                        .get("error")
                        .textValue())
                .isEqualTo("invalid_grant");
    }

    @Test
    void frontEndGetsTokensInTheFragment() throws Exception {
        Caller.Answer answer = caller.get("accounts.google.com/o/oauth2/v2/auth?"
                + query(SIMULATOR.google(), "id_token token", "login", "ada-b", "nonce", "n-1"));

        assertThat(answer.header("location")).startsWith(REDIRECT_URI + "#");
        Map<String, String> fragment = answer.redirectParameters();
        SignedJWT idToken = SignedJWT.parse(fragment.get("id_token"));
        assertThat(idToken.getJWTClaimsSet().getClaim("nonce")).isEqualTo("n-1");
        assertThat(idToken.getJWTClaimsSet().getClaim("at_hash")).isNotNull();
        assertThat(fragment).containsKeys("access_token", "expires_in").containsEntry("state", "a state");
    }

    @Test
    void pageOffersEverybodyAndARefusalAndEscapesWhatItRepeats() {
        Caller.Answer page = caller.get(
                "acme.example/authorize?" + query(SIMULATOR.acme(), "code", "scope", "\"><script>alert(1)</script>"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("value=\"5550101\"", "value=\"5550107\"", "name=\"deny\"")
                .doesNotContain("<script");
    }

    @Test
    void refusalGoesBackInTheProvidersWords() {
        Map<String, String> redirect = caller.get(
                        "www.facebook.com/dialog/oauth?" + query(SIMULATOR.facebook(), "code", "deny", "true"))
                .redirectParameters();

        assertThat(redirect)
                .containsEntry("error", "access_denied")
                .containsEntry("error_reason", "user_denied")
                .containsEntry("state", "a state");
    }

    @Test
    void unknownClientIsNeverRedirected() {
        Caller.Answer answer = caller.get("acme.example/authorize?client_id=nobody&redirect_uri=" + REDIRECT_URI);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers()).doesNotContainKey("location");
    }

    @Test
    void providerWithoutIdTokensSaysSo() {
        Map<String, String> redirect = caller.get(
                        "github.com/login/oauth/authorize?" + query(SIMULATOR.github(), "id_token", "login", "ada-b"))
                .redirectParameters();

        assertThat(redirect).containsEntry("error", "unsupported_response_type");
    }

    @Test
    void refreshTokenBringsFreshTokens() {
        String refreshToken = SIMULATOR.partner().refreshToken("acme-client", People.ADA);

        assertThat(caller.postForm(
                                "partner.example/realms/partner/protocol/openid-connect/token",
                                Map.of("grant_type", "refresh_token", "refresh_token", refreshToken),
                                "Authorization",
                                Caller.basic("acme-client", "acme-secret"))
                        .json()
                        .has("access_token"))
                .isTrue();
    }

    @Test
    void aPersonAddedByATestCanSignIn() {
        Person person = SIMULATOR.people().add(Person.unknown("Zoë"));

        assertThat(caller.get("acme.example/authorize?" + query(SIMULATOR.acme(), "code", "login", person.id()))
                        .redirectParameters())
                .containsKey("code");
    }

    private static String query(Provider provider, String responseType, String... more) {
        Map<String, Object> parameters = Json.object(
                "client_id",
                provider.clientId(),
                "redirect_uri",
                REDIRECT_URI,
                "response_type",
                responseType,
                "state",
                "a state",
                "code_challenge",
                CHALLENGE,
                "code_challenge_method",
                "S256");
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return Forms.write(parameters);
    }
}
