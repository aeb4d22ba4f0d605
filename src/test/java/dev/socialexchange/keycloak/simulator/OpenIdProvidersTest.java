package dev.socialexchange.keycloak.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OpenIdProvidersTest {

    private static final Simulator SIMULATOR = Simulator.start(0);
    private static final String OUR_CLIENT = Caller.basic("acme-client", "acme-secret");
    private static final String PARTNER = "partner.example/realms/partner/protocol/openid-connect";

    private final Oidc acme = SIMULATOR.acme();
    private final Partner partner = SIMULATOR.partner();
    private final Legacy legacy = SIMULATOR.legacy();
    private final Caller caller = new Caller(SIMULATOR);

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void acmeSignsWithEitherOfItsKeys() throws Exception {
        JWKSet keys = JWKSet.parse(caller.get("acme.example/jwks").body());
        SignedJWT byDefault = SignedJWT.parse(acme.idToken(Oidc.CLIENT_ID, People.ADA));
        SignedJWT rsa = SignedJWT.parse(
                acme.idToken(Oidc.CLIENT_ID, People.ADA, claims -> {}, header -> header.put("alg", "RS256")));

        assertThat(byDefault.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(byDefault.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(byDefault.getHeader().getKeyID()).toECKey())))
                .isTrue();
        assertThat(rsa.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(rsa.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
    }

    @Test
    void keptOldKeysStillVerify() throws Exception {
        SignedJWT token = SignedJWT.parse(acme.idToken(Oidc.CLIENT_ID, People.ADA));

        acme.rotateKeysKeepingOld();

        JWKSet keys = JWKSet.parse(caller.get("acme.example/jwks").body());
        assertThat(keys.getKeyByKeyId(token.getHeader().getKeyID())).isNotNull();
        assertThat(keys.getKeyByKeyId(acme.keyId("ES256"))).isNotNull();
    }

    @Test
    void unsignedTokenAndKeyConfusionArePossibleOnPurpose() throws Exception {
        String none = acme.idToken(Oidc.CLIENT_ID, People.ADA, claims -> {}, header -> header.put("alg", "none"));
        String confused = acme.idToken(Oidc.CLIENT_ID, People.ADA, claims -> {}, header -> header.put("alg", "HS256"));

        assertThat(JWTParser.parse(none)).isInstanceOf(PlainJWT.class);
        assertThat(SignedJWT.parse(confused).getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.HS256);
    }

    @Test
    void introspectionNeedsAClientAndTellsItAboutAnyClientsToken() {
        String foreign = acme.accessToken("another-app", People.ADA);

        assertThat(caller.postForm("acme.example/introspect", Map.of("token", foreign))
                        .status())
                .isEqualTo(401);
        JsonNode answer = introspect("acme.example/introspect", foreign);
        assertThat(answer.get("active").booleanValue()).isTrue();
        assertThat(answer.get("client_id").textValue()).isEqualTo("another-app");
        assertThat(introspect("acme.example/introspect", "unknown")).hasToString("{\"active\":false}");
    }

    @Test
    void introspectionTakesCredentialsFromTheBodyToo() {
        Caller.Answer answer = caller.postForm(
                "acme.example/introspect",
                Map.of(
                        "token", acme.accessToken(Oidc.CLIENT_ID, People.ADA),
                        "client_id", "acme-client",
                        "client_secret", "acme-secret"));

        assertThat(answer.json().get("active").booleanValue()).isTrue();
    }

    @Test
    void refreshTokensAnswerActiveAndEachServerTellsThemApartInItsOwnWay() {
        JsonNode atAcme = introspect("acme.example/introspect", acme.refreshToken("acme-client", People.ADA));
        JsonNode atPartner = introspect(PARTNER + "/token/introspect", partner.refreshToken("acme-client", People.ADA));
        JsonNode atLegacy = introspect("legacy.example/introspect", legacy.refreshToken("acme-client", People.ADA));

        assertThat(atAcme.get("active").booleanValue()).isTrue();
        assertThat(atAcme.has("token_type")).isFalse();
        assertThat(atPartner.get("active").booleanValue()).isTrue();
        assertThat(atPartner.get("typ").textValue()).isEqualTo("Refresh");
        assertThat(atLegacy.get("active").booleanValue()).isTrue();
        assertThat(atLegacy.get("token_use").textValue()).isEqualTo("refresh_token");
    }

    @Test
    void partnersAccessTokensAreJwtsThatItsUserinfoTakes() throws Exception {
        String token = partner.accessToken("acme-client", People.YULIA_NON_LATIN);
        SignedJWT jwt = SignedJWT.parse(token);

        assertThat(jwt.getJWTClaimsSet().getClaim("typ")).isEqualTo("Bearer");
        assertThat(jwt.getJWTClaimsSet().getClaim("azp")).isEqualTo("acme-client");
        assertThat(caller.get(PARTNER + "/userinfo", "Authorization", "Bearer " + token)
                        .json()
                        .get("given_name")
                        .textValue())
                .isEqualTo("Юлия");
    }

    @Test
    void acmesJwtAccessTokensSayWhatTheyAre() throws Exception {
        SignedJWT jwt = SignedJWT.parse(acme.jwtAccessToken(Oidc.CLIENT_ID, People.ADA));

        assertThat(jwt.getHeader().getType()).hasToString("at+jwt");
        assertThat(jwt.getJWTClaimsSet().getClaim("client_id")).isEqualTo(Oidc.CLIENT_ID);
        assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly("https://api.acme.example");
    }

    @Test
    void userinfoShowsWhatTheScopesOpen() {
        String token = acme.accessToken(Oidc.CLIENT_ID, People.ADA, Set.of("openid"));

        assertThat(caller.get("acme.example/userinfo", "Authorization", "Bearer " + token)
                        .body())
                .isEqualTo("{\"sub\":\"5550101\"}");
    }

    @Test
    void badTokenIsChallengedAsRfc6750Says() {
        Caller.Answer answer = caller.get("legacy.example/userinfo", "Authorization", "Bearer unknown");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).contains("invalid_token");
    }

    @Test
    void discoveryNamesTheRealAddresses() {
        assertThat(caller.get("acme.example/.well-known/openid-configuration")
                        .json()
                        .get("jwks_uri")
                        .textValue())
                .isEqualTo("https://acme.example/jwks");
        assertThat(caller.get("partner.example/realms/partner/.well-known/openid-configuration")
                        .json()
                        .get("issuer")
                        .textValue())
                .isEqualTo("https://partner.example/realms/partner");
    }

    private JsonNode introspect(String url, String token) {
        return caller.postForm(url, Map.of("token", token), "Authorization", OUR_CLIENT)
                .json();
    }
}
