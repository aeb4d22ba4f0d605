package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonceTest {
    private static final String NONCE = "n-0S6_WzA2Mj";

    @ParameterizedTest
    @CsvSource({
        "optional, none, none, accepted",
        "optional, none, raw, nonce_missing",
        "optional, sent, none, nonce_missing",
        "optional, sent, raw, accepted",
        "optional, sent, hex, accepted",
        "optional, sent, base64url, accepted",
        "optional, sent, other, nonce_mismatch",
        "if-sent, none, none, accepted",
        "if-sent, none, raw, accepted",
        "if-sent, sent, none, nonce_missing",
        "if-sent, sent, raw, accepted",
        "if-sent, sent, hex, accepted",
        "if-sent, sent, other, nonce_mismatch",
        "required, none, none, nonce_missing",
        "required, none, raw, nonce_missing",
        "required, sent, none, nonce_missing",
        "required, sent, raw, accepted",
        "required, sent, base64url, accepted",
        "required, sent, other, nonce_mismatch",
        "issued, none, none, nonce_missing",
        "issued, none, raw, nonce_missing",
        "issued, sent, none, nonce_missing",
        "issued, sent, raw, nonce_mismatch",
        "issued, sent, hex, accepted",
        "issued, sent, base64url, accepted",
        "issued, sent, other, nonce_mismatch",
        "nonsense, none, raw, nonce_missing"
    })
    void settingAndRequestAndTokenTogetherDecide(String setting, String request, String token, String outcome) {
        ExchangeSettings settings = new ExchangeSettings(Map.of("exchangeNonce", setting));
        String sent = request.equals("sent") ? NONCE : null;
        String inToken =
                switch (token) {
                    case "raw" -> NONCE;
                    case "hex" -> Digests.sha256Hex(NONCE);
                    case "base64url" -> Digests.sha256Base64Url(NONCE);
                    case "other" -> "another";
                    default -> null;
                };

        if (outcome.equals("accepted")) {
            assertThatCode(() -> Nonce.require(settings, sent, inToken)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> Nonce.require(settings, sent, inToken))
                    .isInstanceOfSatisfying(
                            ExchangeException.class,
                            refused -> assertThat(refused.error().reason()).isEqualTo(outcome));
        }
    }

    @Test
    void eventSaysThatTheNonceCouldBeRead() {
        ExchangeSettings settings = new ExchangeSettings(Map.of("exchangeNonce", "issued"));

        assertThatThrownBy(() -> Nonce.require(settings, NONCE, NONCE))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.detail())
                        .isEqualTo("nonce_readable_in_token"));
    }
}
