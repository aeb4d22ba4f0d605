package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.TelegramSigned;
import dev.socialexchange.keycloak.simulator.TelegramSigned.Spelling;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an admin enters for a provider that signs data: the key, and what is accepted for how long. */
class SignedDataSettingsIT {
    private static final String ALIAS = "telegram";

    private static ConformanceRealm realm;
    private static String botToken;

    @BeforeAll
    static void addBot() {
        realm = new ConformanceRealm();
        botToken = telegram().data().signedData().botToken();
        realm.add(ALIAS, "telegram", Map.of("clientSecret", botToken));
    }

    @Test
    void adminMayAllowMoreThanOneUseAndALongerOrShorterLife() {
        String alias = bot(Map.of("exchangeSingleUse", "false", "exchangeMaxAge", "60"));
        TelegramSigned signed = signed(Suite.newPerson());
        String data = signed.as(Spelling.WIDGET_JSON);

        assertThat(exchange(alias, data).status()).isEqualTo(200);
        assertThat(exchange(alias, data).status()).isEqualTo(200);
        long past = Instant.now().getEpochSecond() - 80;
        String old = signed.with("auth_date", past).as(Spelling.WIDGET_JSON);
        assertRefused(exchange(alias, old), 400, "invalid_request", "token_too_old");
    }

    /** The console wants a client secret, and people enter something; it is no key. */
    @ParameterizedTest
    @CsvSource({"unused", "telegram-secret", "7654321098:short", TelegramSigned.FOREIGN_BOT})
    void nothingButThisBotsTokenIsAKey(String secret) {
        String alias = bot(Map.of("clientSecret", secret));
        Person person = Suite.newPerson();
        String data = telegram().signedData(secret, person).as(Spelling.WIDGET_JSON);

        assertRefused(exchange(alias, data), 503, "temporarily_unavailable", "provider_unavailable");
        assertThat(realm.knows(alias, person.id())).isFalse();
    }

    @Test
    void vaultReferenceThatLeadsNowhereIsNoKey() {
        String reference = "${vault.no-such-secret}";
        String alias = bot(Map.of("botToken", reference));
        Person person = Suite.newPerson();

        for (String secret : List.of(reference, botToken)) {
            String data = telegram().signedData(secret, person).as(Spelling.WIDGET_JSON);
            assertRefused(exchange(alias, data), 503, "temporarily_unavailable", "provider_unavailable");
        }
    }

    @Test
    void nonceThatIsRequiredCannotBeInSignedData() {
        String alias = bot(Map.of("exchangeNonce", "required"));

        assertRefused(
                exchange(alias, signed(Suite.newPerson()).as(Spelling.WIDGET_JSON)),
                400,
                "invalid_request",
                "nonce_missing");
    }

    @Test
    void refusesKindThatIsSwitchedOffOrThatTheProviderDoesNotHave() {
        String alias = bot(Map.of("exchangeTokenTypes", "id_token##authorization_code"));
        realm.add("discord", "discord", Map.of());
        String data = signed(Suite.newPerson()).as(Spelling.WIDGET_JSON);

        assertRefused(exchange(alias, data), 400, "invalid_request", "token_type_unsupported");
        assertRefused(exchange("discord", data), 400, "invalid_request", "token_type_unsupported");
        Answer asAccessToken = realm.exchange(ALIAS, TokenType.ACCESS_TOKEN, "token", Map.of());
        assertRefused(asAccessToken, 400, "invalid_request", "token_type_unsupported");
        assertThat(asAccessToken.text("error_description")).contains("signed_data");
    }

    @Test
    void browserIsToldWhyItCannotSignInWithABotToken() {
        assertThatThrownBy(() -> realm.signIn(ALIAS, Suite.newPerson()))
                .hasMessageContaining("answered 501")
                .hasMessageContaining("Signing in with Telegram is not possible in the browser here");
    }

    @ParameterizedTest
    @CsvSource({
        "telegram, botToken, 7654321098:AAExampleExampleExampleExampleExam01",
        "mastodon, baseUrl, ''",
        "mastodon, baseUrl, social.example",
        "mastodon, baseUrl, http://social.example",
        "mastodon, baseUrl, https://social.example?x=1"
    })
    void refusesSettingThatCouldNotWorkOrWouldBeShown(String type, String key, String value) {
        assertThatThrownBy(() -> realm.add(Suite.unique(type), type, Map.of(key, value)))
                .hasMessageContaining("answered 400")
                .hasMessageContaining(key);
    }

    private static String bot(Map<String, String> settings) {
        String alias = Suite.unique(ALIAS);
        Map<String, String> all = new HashMap<>(Map.of("clientSecret", botToken));
        all.putAll(settings);
        realm.add(alias, "telegram", all);
        return alias;
    }

    private static DataProvider telegram() {
        return ConformanceRealm.provider("telegram");
    }

    private static TelegramSigned signed(Person person) {
        return telegram().signedData(botToken, person);
    }

    private static Answer exchange(String alias, String data) {
        return realm.exchange(alias, TokenType.SIGNED_DATA, data, Map.of());
    }
}
