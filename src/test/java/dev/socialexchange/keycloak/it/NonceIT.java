package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nonce ties an id token to the front end's own request. */
class NonceIT {
    private static final String RAW = "n-0S6_WzA2Mj";
    /** Of the raw one, computed with openssl. */
    private static final String SHA256_HEX = "0823a09b54cb9381561068b00aaf4e539b3f54604631d3e6a820879b6b04cc19";

    private static final String SHA256_BASE64URL = "CCOgm1TLk4FWEGiwCq9OU5s_VGBGMdPmqCCHm2sEzBk";

    private Person person;

    @BeforeEach
    void newPerson() {
        person = Suite.newPerson();
    }

    @ParameterizedTest
    @ValueSource(strings = {RAW, SHA256_HEX, SHA256_BASE64URL})
    void acceptsNonceAsItIsOrHashedBySdk(String inToken) {
        assertTokens(Exchanges.idToken("google", token(inToken), RAW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"another", "n-0S6_WzA2MJ", SHA256_HEX + "0"})
    void refusesNonceOfAnotherRequest(String inToken) {
        refuses(Exchanges.idToken("google", token(inToken), RAW), "nonce_mismatch");
    }

    @Test
    void refusesHashedNonceSentForRawOne() {
        refuses(Exchanges.idToken("google", token(RAW), SHA256_HEX), "nonce_mismatch");
    }

    /** Google's SDK for iOS, MSAL.js and Facebook's SDK put one of their own into the token without being asked. */
    @Test
    void refusesTokenWithNonceWhenTheFrontEndSendsNoneAndSaysWhatToDo() {
        Answer answer = Exchanges.idToken("google", token(RAW));

        refuses(answer, "nonce_missing");
        assertThat(answer.text("error_description")).contains("read it from the token (claim nonce) and send that");
        assertTokens(Exchanges.idToken("google", token(RAW), RAW));
    }

    @Test
    void comparesOnlyWhatIsSentWhereTheAdminHasSaidSo() {
        String alias = Suite.identityProvider("google", Map.of("exchangeNonce", "if-sent"));

        assertRefused(
                Exchanges.idToken(alias, token(RAW), "other"),
                400,
                "invalid_request",
                "nonce_mismatch",
                alias,
                person.id());
        assertRefused(
                Exchanges.idToken(alias, token(null), RAW),
                400,
                "invalid_request",
                "nonce_missing",
                alias,
                person.id());
        assertTokens(Exchanges.idToken(alias, token(RAW)));
        assertTokens(Exchanges.idToken(alias, token(RAW), RAW));
    }

    @Test
    void refusesTokenWithoutNonceWhenTheFrontEndSendsOne() {
        refuses(Exchanges.idToken("google", token(null), RAW), "nonce_missing");
    }

    @Test
    void refusesMissingNonceWhereOneIsRequired() {
        String alias = Suite.identityProvider("google", Map.of("exchangeNonce", "required"));

        assertRefused(
                Exchanges.idToken(alias, token(null)), 400, "invalid_request", "nonce_missing", alias, person.id());
        assertRefused(
                Exchanges.idToken(alias, token(RAW)), 400, "invalid_request", "nonce_missing", alias, person.id());
        assertTokens(Exchanges.idToken(alias, token(RAW), RAW));
    }

    @Test
    void refusesEmptyNonceParameter() {
        refuses(Exchanges.idToken("google", token(null), ""), "parameter_invalid");
    }

    private void refuses(Answer answer, String reason) {
        assertRefused(answer, 400, "invalid_request", reason, "google", person.id());
    }

    private String token(String nonce) {
        return Suite.providers().google().idToken(Google.CLIENT_ID, person, claims -> {
            if (nonce != null) {
                claims.put("nonce", nonce);
            }
        });
    }
}
