package dev.socialexchange.keycloak.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GoogleTest {

    private static final Simulator SIMULATOR = Simulator.start(0);

    private final Google google = SIMULATOR.google();
    private final Caller caller = new Caller(SIMULATOR);

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void tokenInfoNamesTheClientAndWritesEveryValueAsString() {
        String token = google.accessToken(Google.CLIENT_ID, People.ADA);

        JsonNode info = caller.get("oauth2.googleapis.com/tokeninfo?access_token=" + token)
                .json();

        assertThat(info.get("aud").textValue()).isEqualTo(Google.CLIENT_ID);
        assertThat(info.get("azp").textValue()).isEqualTo(Google.CLIENT_ID);
        assertThat(info.get("sub").textValue()).isEqualTo(People.ADA.id());
        assertThat(info.get("email_verified").textValue()).isEqualTo("true");
        assertThat(info.get("expires_in").textValue()).matches("35[0-9]{2}");
        assertThat(caller.postForm("oauth2.googleapis.com/tokeninfo", Map.of("access_token", token))
                        .json()
                        .get("aud"))
                .isEqualTo(info.get("aud"));
    }

    @Test
    void userinfoHasRealBooleansAndTheHostedDomain() {
        String token = google.accessToken("another-app", People.BRUNO);

        JsonNode userinfo = caller.get("openidconnect.googleapis.com/v1/userinfo", "Authorization", "Bearer " + token)
                .json();

        assertThat(userinfo.get("email_verified").booleanValue()).isTrue();
        assertThat(userinfo.get("hd").textValue()).isEqualTo("workspace.example");
    }

    @Test
    void refusesUnknownExpiredAndRevokedTokensInGooglesWords() {
        String expired = google.accessToken(Google.CLIENT_ID, People.ADA);
        String revoked = google.accessToken(Google.CLIENT_ID, People.ADA);
        google.expire(expired);
        google.revoke(revoked);

        for (String token : new String[] {"ya29.unknown", expired, revoked}) {
            Caller.Answer info = caller.get("oauth2.googleapis.com/tokeninfo?access_token=" + token);
            assertThat(info.status()).isEqualTo(400);
            assertThat(info.json().get("error").textValue()).isEqualTo("invalid_token");
            Caller.Answer userinfo =
                    caller.get("openidconnect.googleapis.com/v1/userinfo", "Authorization", "Bearer " + token);
            assertThat(userinfo.status()).isEqualTo(401);
            assertThat(userinfo.json().get("error_description").textValue()).isEqualTo("Invalid Credentials");
        }
    }

    @Test
    void idTokenVerifiesAgainstThePublishedKeysUntilTheyRotate() throws Exception {
        SignedJWT token = SignedJWT.parse(google.idToken(Google.CLIENT_ID, People.BRUNO));
        Caller.Answer certs = caller.get("www.googleapis.com/oauth2/v3/certs");
        JWKSet keys = JWKSet.parse(certs.body());

        assertThat(certs.header("cache-control")).contains("max-age=");
        assertThat(certs.body()).doesNotContain("\"d\"");
        assertThat(token.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("https://accounts.google.com");
        assertThat(token.getJWTClaimsSet().getClaim("hd")).isEqualTo("workspace.example");

        google.rotateKeys();

        assertThat(JWKSet.parse(caller.get("www.googleapis.com/oauth2/v3/certs").body())
                        .getKeyByKeyId(token.getHeader().getKeyID()))
                .isNull();
    }

    @Test
    void changesClaimsAndHeaderBeforeSigning() throws Exception {
        SignedJWT token = SignedJWT.parse(google.idToken(
                Google.CLIENT_ID,
                People.ADA,
                claims -> {
                    claims.put("iss", Google.SHORT_ISSUER);
                    claims.put("azp", Google.ANDROID_CLIENT_ID);
                    claims.remove("exp");
                },
                header -> header.put("kid", "no-such-key")));

        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("accounts.google.com");
        assertThat(token.getJWTClaimsSet().getExpirationTime()).isNull();
        assertThat(token.getHeader().getKeyID()).isEqualTo("no-such-key");
    }

    @Test
    void mobileCodeWithEmptyRedirectUriIsRedeemedOnce() {
        String code = google.code(Google.CLIENT_ID, People.ADA, "", null);
        Map<String, Object> form = Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "redirect_uri", "",
                "client_id", Google.CLIENT_ID,
                "client_secret", "google-secret");

        Caller.Answer first = caller.postForm("oauth2.googleapis.com/token", form);
        Caller.Answer second = caller.postForm("oauth2.googleapis.com/token", form);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().get("access_token").textValue()).startsWith("ya29.");
        assertThat(first.json().get("id_token").textValue()).contains(".");
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.json().get("error").textValue()).isEqualTo("invalid_grant");
    }
}
