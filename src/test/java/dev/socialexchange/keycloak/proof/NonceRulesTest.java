package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.DemoProviders;
import dev.socialexchange.keycloak.loopback.Exchanged;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nonce ties an id token to the front end's own request. */
class NonceRulesTest {
    private static final String RAW = "n-0S6_WzA2Mj";
    /** Of the raw one, computed with openssl. */
    private static final String SHA256_HEX = "0823a09b54cb9381561068b00aaf4e539b3f54604631d3e6a820879b6b04cc19";

    private static final String SHA256_BASE64URL = "CCOgm1TLk4FWEGiwCq9OU5s_VGBGMdPmqCCHm2sEzBk";

    private Person person;

    @BeforeEach
    void newPerson() {
        person = Loopback.newPerson();
    }

    @ParameterizedTest
    @ValueSource(strings = {RAW, SHA256_HEX, SHA256_BASE64URL})
    void acceptsNonceAsItIsOrHashedBySdk(String inToken) {
        idToken(DemoProviders.like("google"), token(inToken), RAW).assertProven();
    }

    @ParameterizedTest
    @ValueSource(strings = {"another", "n-0S6_WzA2MJ", SHA256_HEX + "0"})
    void refusesNonceOfAnotherRequest(String inToken) {
        refuses(idToken(DemoProviders.like("google"), token(inToken), RAW), "nonce_mismatch");
    }

    @Test
    void refusesHashedNonceSentForRawOne() {
        refuses(idToken(DemoProviders.like("google"), token(RAW), SHA256_HEX), "nonce_mismatch");
    }

    /** Google's SDK for iOS, MSAL.js and Facebook's SDK put one of their own into the token without being asked. */
    @Test
    void refusesTokenWithNonceWhenTheFrontEndSendsNoneAndSaysWhatToDo() {
        Exchanged answer = Loopback.idToken(DemoProviders.like("google"), token(RAW));

        refuses(answer, "nonce_missing");
        assertThat(answer.description()).contains("read it from the token (claim nonce) and send that");
        idToken(DemoProviders.like("google"), token(RAW), RAW).assertProven();
    }

    @Test
    void comparesOnlyWhatIsSentWhereTheAdminHasSaidSo() {
        ExchangeIdentityProvider alias = DemoProviders.like("google", Map.of("exchangeNonce", "if-sent"));

        idToken(alias, token(RAW), "other").assertRefused(400, "invalid_request", "nonce_mismatch");
        idToken(alias, token(null), RAW).assertRefused(400, "invalid_request", "nonce_missing");
        Loopback.idToken(alias, token(RAW)).assertProven();
        idToken(alias, token(RAW), RAW).assertProven();
    }

    @Test
    void refusesTokenWithoutNonceWhenTheFrontEndSendsOne() {
        refuses(idToken(DemoProviders.like("google"), token(null), RAW), "nonce_missing");
    }

    @Test
    void refusesMissingNonceWhereOneIsRequired() {
        ExchangeIdentityProvider alias = DemoProviders.like("google", Map.of("exchangeNonce", "required"));

        Loopback.idToken(alias, token(null)).assertRefused(400, "invalid_request", "nonce_missing");
        Loopback.idToken(alias, token(RAW)).assertRefused(400, "invalid_request", "nonce_missing");
        idToken(alias, token(RAW), RAW).assertProven();
    }

    @Test
    void refusesEmptyNonceParameter() {
        refuses(idToken(DemoProviders.like("google"), token(null), ""), "parameter_invalid");
    }

    private static Exchanged idToken(ExchangeIdentityProvider provider, String token, String nonce) {
        return Loopback.exchange(provider, Loopback.ID_TOKEN, token, Map.of("nonce", nonce));
    }

    private static void refuses(Exchanged answer, String reason) {
        answer.assertRefused(400, "invalid_request", reason);
    }

    private String token(String nonce) {
        return Loopback.providers().google().idToken(Google.CLIENT_ID, person, claims -> {
            if (nonce != null) {
                claims.put("nonce", nonce);
            }
        });
    }
}
