package dev.socialexchange.keycloak.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FacebookTest {

    private static final Simulator SIMULATOR = Simulator.start(0);
    private static final String APP_TOKEN = Facebook.APP_ID + "|facebook-secret";

    private final Facebook facebook = SIMULATOR.facebook();
    private final Caller caller = new Caller(SIMULATOR);

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void debugTokenDescribesTheAppsOwnToken() {
        String token = facebook.accessToken(Facebook.APP_ID, People.ADA);

        JsonNode data =
                debug(token, "Authorization", "Bearer " + APP_TOKEN).json().get("data");

        assertThat(data.get("app_id").textValue()).isEqualTo(Facebook.APP_ID);
        assertThat(data.get("user_id").textValue()).isEqualTo(People.ADA.id());
        assertThat(data.get("is_valid").booleanValue()).isTrue();
        assertThat(data.get("type").textValue()).isEqualTo("USER");
    }

    @Test
    void debugTokenSaysNothingAboutAnotherAppsToken() {
        String token = facebook.accessToken("another-app", People.ADA);

        Caller.Answer answer = debug(token, "Authorization", "Bearer " + APP_TOKEN);

        assertThat(answer.status()).isEqualTo(200);
        JsonNode data = answer.json().get("data");
        assertThat(data.get("is_valid").booleanValue()).isFalse();
        assertThat(data.get("error").get("code").intValue()).isEqualTo(100);
        assertThat(data.get("scopes").isEmpty()).isTrue();
        assertThat(data.has("app_id")).isFalse();
        assertThat(data.has("user_id")).isFalse();
    }

    @Test
    void debugTokenReportsExpiryInAnAnswerWithStatus200() {
        String token = facebook.accessToken(Facebook.APP_ID, People.ADA);
        facebook.expire(token);

        JsonNode data =
                debug(token, "Authorization", "Bearer " + APP_TOKEN).json().get("data");

        assertThat(data.get("is_valid").booleanValue()).isFalse();
        assertThat(data.get("error").get("subcode").intValue()).isEqualTo(463);
    }

    @Test
    void debugTokenRefusesAWrongAppToken() {
        Caller.Answer answer = debug(
                facebook.accessToken(Facebook.APP_ID, People.ADA),
                "Authorization",
                "Bearer " + Facebook.APP_ID + "|wrong");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").get("code").intValue()).isEqualTo(190);
    }

    @Test
    void profileHasOnlyTheFieldsAskedFor() {
        String token = facebook.accessToken(Facebook.APP_ID, People.ADA);

        JsonNode me = caller.get(
                        "graph.facebook.com/v24.0/me?fields=id,name,email,first_name,last_name",
                        "Authorization",
                        "Bearer " + token)
                .json();

        assertThat(me.get("first_name").textValue()).isEqualTo("Ada");
        assertThat(me.get("email").textValue()).isEqualTo(People.ADA.email());
        assertThat(me.has("picture")).isFalse();
    }

    @Test
    void acceptsOnlyTheProofMadeWithTheSecretOfTheTokensApp() {
        String token = facebook.accessToken(Facebook.APP_ID, People.ADA);
        String right = Digests.hmacSha256Hex("facebook-secret", token);
        String wrong = Digests.hmacSha256Hex("another-secret", token);

        assertThat(me(token, right).status()).isEqualTo(200);
        assertThat(me(token, wrong).status()).isEqualTo(400);
        assertThat(me(token, wrong).json().get("error").get("message").textValue())
                .startsWith("Invalid appsecret_proof");
    }

    @Test
    void refusesUnknownExpiredAndRevokedTokensWithCode190() {
        String expired = facebook.accessToken(Facebook.APP_ID, People.ADA);
        String revoked = facebook.accessToken(Facebook.APP_ID, People.ADA);
        facebook.expire(expired);
        facebook.revoke(revoked);

        for (String token : new String[] {"EAAunknown", expired, revoked}) {
            Caller.Answer answer = caller.get("graph.facebook.com/me?access_token=" + token);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().get("error").get("code").intValue()).isEqualTo(190);
        }
    }

    @Test
    void aPersonHasAnotherIdInEveryApp() {
        assertThat(facebook.subject("another-app", People.ADA))
                .isNotEqualTo(facebook.subject(Facebook.APP_ID, People.ADA))
                .matches("[0-9]+");
    }

    @Test
    void codeIsRedeemedByGetAndByPost() {
        for (boolean post : new boolean[] {true, false}) {
            String code = facebook.code(Facebook.APP_ID, People.ADA, "https://app.example/cb", null);
            Map<String, Object> parameters = Map.of(
                    "code",
                    code,
                    "redirect_uri",
                    "https://app.example/cb",
                    "client_id",
                    Facebook.APP_ID,
                    "client_secret",
                    "facebook-secret");
            Caller.Answer answer = post
                    ? caller.postForm("graph.facebook.com/oauth/access_token", parameters)
                    : caller.get("graph.facebook.com/v23.0/oauth/access_token?" + Forms.write(parameters));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("access_token").textValue()).startsWith("EAA");
        }
    }

    @Test
    void limitedLoginTokenVerifiesAndVouchesForNoAddress() throws Exception {
        SignedJWT token = SignedJWT.parse(facebook.idToken(Facebook.APP_ID, People.ADA));
        JWKSet keys = JWKSet.parse(caller.get("limited.facebook.com/.well-known/oauth/openid/jwks/")
                .body());

        assertThat(token.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("https://www.facebook.com");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly(Facebook.APP_ID);
        assertThat(token.getJWTClaimsSet().getClaims()).containsKey("email").doesNotContainKey("email_verified");
    }

    private Caller.Answer debug(String token, String... headers) {
        return caller.get("graph.facebook.com/debug_token?input_token=" + token, headers);
    }

    private Caller.Answer me(String token, String proof) {
        return caller.get("graph.facebook.com/me?access_token=" + token + "&appsecret_proof=" + proof);
    }
}
