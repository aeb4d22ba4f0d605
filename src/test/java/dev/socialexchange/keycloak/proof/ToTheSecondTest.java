package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.INTROSPECTION;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
import static dev.socialexchange.keycloak.proof.Proofs.accessToken;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.idToken;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last second in which a token counts and the first in which it does not, with clocks that may differ by ten. */
class ToTheSecondTest {
    private static final long NOW = 1_800_000_000L;

    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak().at(() -> Instant.ofEpochSecond(NOW));

    @ParameterizedTest
    @CsvSource({
        "exp, -9, -10, TOKEN_EXPIRED,",
        "nbf, 10, 11, TOKEN_INVALID, nbf_in_future",
        "iat, 10, 11, TOKEN_INVALID, iat_in_future",
        "iat, -69, -70, TOKEN_TOO_OLD,"
    })
    void idTokenCountsUpToItsBound(String claim, int last, int first, ExchangeError error, String detail) {
        OfflineProvider provider = OpenIdFixture.provider(Map.of("exchangeMaxAge", "60"));

        assertThatCode(() -> prove(keycloak, provider, idToken(token(claim, last))))
                .doesNotThrowAnyException();
        assertRefused(keycloak, provider, idToken(token(claim, first)), error, detail);
    }

    @Test
    void introspectedTokenCountsUpToItsBound() {
        OfflineProvider provider = OpenIdFixture.provider(Map.of("tokenIntrospectionUrl", INTROSPECTION));
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"1\"}");

        keycloak.answering(INTROSPECTION, 200, introspection(-9));
        assertThatCode(() -> prove(keycloak, provider, accessToken("access-token")))
                .doesNotThrowAnyException();
        keycloak.answering(INTROSPECTION, 200, introspection(-10));
        assertRefused(keycloak, provider, accessToken("access-token"), ExchangeError.TOKEN_EXPIRED, null);
    }

    /** Single use lasts as long as the token could be used again. */
    @Test
    void usedTokenIsRememberedInTheLastSecondInWhichItCounts() {
        OfflineProvider provider = OpenIdFixture.provider(Map.of());
        String token = token("exp", 300);
        prove(keycloak, provider, idToken(token)).singleUse().keep();

        keycloak.at(() -> Instant.ofEpochSecond(NOW + 309));
        assertRefused(keycloak, provider, idToken(token), ExchangeError.TOKEN_REPLAYED, null);
        keycloak.at(() -> Instant.ofEpochSecond(NOW + 310));
        assertRefused(keycloak, provider, idToken(token), ExchangeError.TOKEN_EXPIRED, null);
    }

    @Test
    void usedTokenOfALongLifeIsRememberedUntilItIsTooOld() {
        OfflineProvider provider = OpenIdFixture.provider(Map.of("exchangeMaxAge", "60"));
        String token = token("iat", 10);
        prove(keycloak, provider, idToken(token)).singleUse().keep();

        keycloak.at(() -> Instant.ofEpochSecond(NOW + 79));
        assertRefused(keycloak, provider, idToken(token), ExchangeError.TOKEN_REPLAYED, null);
        keycloak.at(() -> Instant.ofEpochSecond(NOW + 80));
        assertRefused(keycloak, provider, idToken(token), ExchangeError.TOKEN_TOO_OLD, null);
    }

    private static String introspection(int expires) {
        return "{\"active\":true,\"client_id\":\"our-app\",\"sub\":\"1\",\"token_type\":\"Bearer\",\"exp\":"
                + (NOW + expires) + "}";
    }

    private static String token(String claim, int fromNow) {
        return SIGNER.sign("1", "our-app", claims -> {
            claims.put("iat", NOW);
            claims.put("exp", NOW + 3600);
            claims.put(claim, NOW + fromNow);
        });
    }
}
