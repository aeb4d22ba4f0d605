package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.idToken;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LINE signs the id_tokens of web logins with the channel's secret, and verifies them itself. */
class SymmetricIdTokenTest {
    private static final String VERIFY = "https://api.line.me/oauth2/v2.1/verify";
    private static final OfflineProvider LINE =
            OfflineProvider.ofType("line", Map.of("clientId", "our-app", "clientSecret", "secret"));

    private final OfflineKeycloak keycloak = new OfflineKeycloak();

    @BeforeEach
    void verifies() {
        keycloak.answering(VERIFY, 200, claims("our-app"));
    }

    @Test
    void countsWhereLineVerifiesItForTheSamePersonAndApp() {
        prove(keycloak, LINE, idToken(token("HS256", claims("our-app"))));

        assertThat(keycloak.calls(VERIFY).get(0).body().content()).contains("client_id=our-app");
    }

    @Test
    void isRefusedWhereLineRefusesIt() {
        keycloak.answering(VERIFY, 400, "{\"error\":\"invalid_request\"}");

        refused(token("HS256", claims("our-app")), ExchangeError.TOKEN_INVALID, "refused_by_provider");
    }

    @Test
    void isRefusedWhereLineSpeaksOfAnother() {
        keycloak.answering(VERIFY, 200, claims("another-app"));

        refused(token("HS256", claims("our-app")), ExchangeError.TOKEN_INVALID, "claims_differ");
    }

    @Test
    void isRefusedBeforeLineIsAskedWhereItIsNotOurs() {
        refused(token("HS256", claims("another-app")), ExchangeError.TOKEN_FOR_ANOTHER_APP, null);
        refused(token("HS384", claims("our-app")), ExchangeError.TOKEN_INVALID, "algorithm_not_allowed");
        assertThat(keycloak.calls(VERIFY)).isEmpty();
    }

    private void refused(String token, ExchangeError error, String detail) {
        assertRefused(keycloak, LINE, idToken(token), error, detail);
    }

    private static String claims(String audience) {
        long now = Instant.now().getEpochSecond();
        return "{\"iss\":\"https://access.line.me\",\"sub\":\"U1\",\"aud\":\"%s\",\"iat\":%d,\"exp\":%d}"
                .formatted(audience, now, now + 300);
    }

    /** Whatever signs it: nobody here could tell. */
    private static String token(String algorithm, String claims) {
        return encoded("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}")
                + '.'
                + encoded(claims)
                + '.'
                + encoded("signature");
    }

    private static String encoded(String part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8));
    }
}
