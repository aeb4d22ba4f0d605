package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data that Telegram has signed with the bot's token: which bot, when, by whom, and how often. */
class SignedDataTest {
    private static final long NOW = 1_800_000_000L;
    private static final String BOT = TelegramDataTest.TOKEN;
    private static final String OTHER_BOT = "1122334455:AAForeignForeignForeignForeignForeig";

    private final OfflineKeycloak keycloak = new OfflineKeycloak().at(() -> Instant.ofEpochSecond(NOW));

    @Test
    void saysWhoSomebodyIs() {
        Proof proof = prove(keycloak, provider(Map.of()), data(NOW));

        assertThat(proof.method()).isEqualTo(Proof.Method.HMAC);
        assertThat(proof.evidence().document().path("id").asText()).isEqualTo("5");
        assertThat(proof.storedTokens()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10, 11, TOKEN_INVALID, auth_date_in_future", "-69, -70, TOKEN_TOO_OLD,"})
    void countsUpToItsBound(int last, int first, ExchangeError error, String detail) {
        OfflineProvider provider = provider(Map.of("exchangeMaxAge", "60"));

        assertThatCode(() -> prove(keycloak, provider, data(NOW + last))).doesNotThrowAnyException();
        assertRefused(keycloak, provider, data(NOW + first), error, detail);
    }

    @Test
    void isRememberedInTheLastSecondInWhichItCounts() {
        OfflineProvider provider = provider(Map.of("exchangeMaxAge", "60"));
        Submission data = data(NOW + 10);
        prove(keycloak, provider, data).singleUse().keep();

        keycloak.at(() -> Instant.ofEpochSecond(NOW + 79));
        assertRefused(keycloak, provider, data, ExchangeError.TOKEN_REPLAYED, null);
        assertThat(keycloak.recorded()).contains("usedBefore [token]");
        keycloak.at(() -> Instant.ofEpochSecond(NOW + 80));
        assertRefused(keycloak, provider, data, ExchangeError.TOKEN_TOO_OLD, null);
    }

    /** Telegram is not asked: what somebody else has revoked meanwhile does not count again. */
    @Test
    void isAsOldAsItSays() {
        assertThat(prove(keycloak, provider(Map.of()), data(NOW - 50))
                        .evidence()
                        .issuedAt())
                .hasValue(NOW - 50);
    }

    @Test
    void mayBeUsedAgainWhereTheAdminSaysSo() {
        OfflineProvider provider = provider(Map.of("exchangeSingleUse", "false"));
        prove(keycloak, provider, data(NOW)).singleUse().keep();

        assertThatCode(() -> prove(keycloak, provider, data(NOW))).doesNotThrowAnyException();
    }

    @Test
    void ofAnotherBotIsRefused() {
        String hash = TelegramDataTest.widgetHash("auth_date=" + NOW + "\nid=6");
        String data = "auth_date=" + NOW + "&id=5&hash=" + hash;

        assertRefused(keycloak, provider(Map.of()), submission(data), ExchangeError.TOKEN_INVALID, "hash_mismatch");
    }

    @Test
    void ofNobodyIsRefused() {
        String hash = TelegramDataTest.widgetHash("auth_date=" + NOW + "\nid=");
        String data = "auth_date=" + NOW + "&id=&hash=" + hash;

        assertRefused(keycloak, provider(Map.of()), submission(data), ExchangeError.TOKEN_INVALID, "subject_missing");
    }

    @Test
    void isOfAPersonTheAdminLetsIn() {
        OfflineProvider provider = provider(Map.of("exchangeForbiddenClaims", "first_name=Ada"));

        assertRefused(keycloak, provider, data(NOW), ExchangeError.TOKEN_KIND_MISMATCH, "claim_forbidden");
    }

    @Test
    void hasNoNonceThatCouldBeCompared() {
        Submission withNonce =
                new Submission(TokenKind.SIGNED_DATA, data(NOW).token(), "nonce", null, null, null, null, Map.of());

        assertRefused(keycloak, provider(Map.of()), withNonce, ExchangeError.NONCE_MISSING, null);
    }

    @ParameterizedTest
    @CsvSource({
        "secret, bot_token_not_configured",
        "'', bot_token_not_configured",
        OTHER_BOT + ", bot_token_of_another_bot"
    })
    void withoutTheBotsOwnTokenNothingIsSaidOfIt(String secret, String detail) {
        OfflineProvider provider = provider(Map.of("clientSecret", secret));

        assertRefused(keycloak, provider, data(NOW), ExchangeError.PROVIDER_UNAVAILABLE, detail);
    }

    @Test
    void botTokenMayHaveAPlaceOfItsOwnInTheVault() {
        keycloak.keeping("${vault.bot}", BOT);

        OfflineProvider provider = provider(Map.of("clientSecret", "of OpenID Connect", "botToken", " ${vault.bot} "));
        assertThatCode(() -> prove(keycloak, provider, data(NOW))).doesNotThrowAnyException();

        OfflineProvider missing = provider(Map.of("clientSecret", BOT, "botToken", "${vault.gone}"));
        assertRefused(keycloak, missing, data(NOW + 1), ExchangeError.PROVIDER_UNAVAILABLE, "bot_token_not_configured");
    }

    private static OfflineProvider provider(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("clientId", "7654321098", "clientSecret", BOT));
        all.putAll(settings);
        return OfflineProvider.ofType("telegram", all);
    }

    private static Submission data(long authenticatedAt) {
        String hash = TelegramDataTest.widgetHash("auth_date=" + authenticatedAt + "\nfirst_name=Ada\nid=5");
        return submission("auth_date=" + authenticatedAt + "&id=5&first_name=Ada&hash=" + hash);
    }

    private static Submission submission(String data) {
        return new Submission(TokenKind.SIGNED_DATA, data, null, null, null, null, null, Map.of());
    }
}
