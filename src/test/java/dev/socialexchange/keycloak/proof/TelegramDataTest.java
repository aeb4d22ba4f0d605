package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.TelegramBotToken;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published algorithm, step by step, against the verifier; what it signs is written out line by line here. */
class TelegramDataTest {
    static final String TOKEN = "7654321098:AAExampleExampleExampleExampleExam01";
    private static final TelegramBotToken BOT = TelegramBotToken.parse(TOKEN).orElseThrow();
    private static final TelegramBotToken OTHER_BOT = TelegramBotToken.parse(
                    "1122334455:AAForeignForeignForeignForeignForeig")
            .orElseThrow();

    @Test
    void acceptsWidgetDataAsTheAlgorithmIsPublished() {
        String hash = widgetHash("auth_date=1893456000\nfirst_name=Ada\nid=99887766\nusername=ada_b");
        TelegramData data = TelegramData.parse(
                "{\"username\":\"ada_b\",\"id\":99887766,\"first_name\":\"Ada\",\"auth_date\":1893456000,\"hash\":\""
                        + hash + "\"}");

        assertThat(data.signedFor(BOT)).isTrue();
        assertThat(data.authenticatedAt()).isEqualTo(1893456000);
        assertThat(data.person().path("id").asText()).isEqualTo("99887766");
        assertThat(data.person().has("hash")).isFalse();
    }

    /** Computed once with another implementation (Python's hashlib and hmac), so that two mistakes cannot agree. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth_date=1893456000&first_name=Ada&id=99887766&hash=3fe10012c73e3cd6a6a9089990598bf95a3701d3950db478e9ad71ef3ec10f63",
                "auth_date=1893456000&query_id=AAq&user=%7B%22id%22%3A99887766%2C%22first_name%22%3A%22Ada%22%7D&hash=af2248056b7c8bc672c560d7367b4cfa9fa62b0c5808bfebe2e01e562b200513"
            })
    void acceptsHashesOfAnotherImplementation(String data) {
        assertThat(TelegramData.parse(data).signedFor(BOT)).isTrue();
        assertThat(TelegramData.parse(data).signedFor(OTHER_BOT)).isFalse();
    }

    @Test
    void acceptsMiniAppDataWithTheSignatureForThirdPartiesAmongItsFields() {
        String user = "{\"id\":99887766,\"first_name\":\"Ada\",\"is_premium\":true}";
        String hash = miniAppHash("auth_date=1893456000\nquery_id=AAq\nsignature=c2ln\nuser=" + user);
        TelegramData data = TelegramData.parse(
                "query_id=AAq&user=" + encoded(user) + "&auth_date=1893456000&signature=c2ln&hash=" + hash);

        assertThat(data.signedFor(BOT)).isTrue();
        assertThat(data.person().path("id").asText()).isEqualTo("99887766");
    }

    @Test
    void namesMayBeOfAnyScript() {
        String signed = "auth_date=1893456000\nfirst_name=Юлия & 王 + = %41\nid=5";
        String hash = widgetHash(signed);

        assertThat(TelegramData.parse("{\"auth_date\":\"1893456000\",\"first_name\":\"Юлия & 王 + = %41\",\"id\":\"5\","
                                + "\"hash\":\"" + hash + "\"}")
                        .signedFor(BOT))
                .isTrue();
        assertThat(TelegramData.parse(
                                "auth_date=1893456000&id=5&first_name=" + encoded("Юлия & 王 + = %41") + "&hash=" + hash)
                        .signedFor(BOT))
                .isTrue();
    }

    @Test
    void idsBeyondTheRangeOfADoubleKeepTheirDigits() {
        String hash = widgetHash("auth_date=1893456000\nid=9007199254740993");
        TelegramData data =
                TelegramData.parse("{\"auth_date\":1893456000,\"id\":9007199254740993,\"hash\":\"" + hash + "\"}");

        assertThat(data.signedFor(BOT)).isTrue();
        assertThat(data.person().path("id").asText()).isEqualTo("9007199254740993");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth_date=1893456000&first_name=Ada&id=99887767",
                "auth_date=1893456001&first_name=Ada&id=99887766",
                "auth_date=1893456000&first_name=Bob&id=99887766",
                "auth_date=1893456000&id=99887766",
                "auth_date=1893456000&first_name=Ada&id=99887766&last_name=Added"
            })
    void refusesFieldThatWasChangedTakenAwayOrAdded(String changed) {
        String hash = widgetHash("auth_date=1893456000\nfirst_name=Ada\nid=99887766");

        assertThat(TelegramData.parse(changed + "&hash=" + hash).signedFor(BOT)).isFalse();
    }

    @Test
    void refusesWidgetDataThatIsSignedAsAMiniAppsAndTheReverse() {
        String user = "{\"id\":5}";

        assertThat(TelegramData.parse("auth_date=1&id=5&hash=" + miniAppHash("auth_date=1\nid=5"))
                        .signedFor(BOT))
                .isFalse();
        assertThat(TelegramData.parse("auth_date=1&user=" + encoded(user) + "&hash="
                                + widgetHash("auth_date=1\nuser=" + user))
                        .signedFor(BOT))
                .isFalse();
    }

    @Test
    void refusesNameThatPretendsToBeFurtherFields() {
        // the signed text of somebody who calls himself "X\nid=1\nlast_name=Y", cut into other fields
        String hash = widgetHash("auth_date=1893456000\nfirst_name=X\nid=1\nlast_name=Y\nid=666");

        assertRefused(
                "auth_date=1893456000&first_name=X&id=1&last_name=Y%0Aid%3D666&hash=" + hash, "signed_data_unreadable");
        assertRefused(
                "{\"auth_date\":1893456000,\"first_name\":\"X\",\"id\":1,\"last_name\":\"Y\\nid=666\",\"hash\":\""
                        + hash + "\"}",
                "signed_data_unreadable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth_date=1&id=5 | hash_missing",
                "auth_date=1&id=5&hash= | hash_malformed",
                "auth_date=1&id=5&hash=ABCDEF6789abcdef0123456789abcdef0123456789abcdef0123456789abcdef | hash_malformed",
                "{\"auth_date\":1,\"id\":5} | hash_missing",
                "auth_date=1&id=5&id=6&hash=00 | signed_data_unreadable",
                "auth_date=1&id=5&hash=00&hash=01 | signed_data_unreadable",
                "auth_date=1&id=5&i%64=6&hash=00 | signed_data_unreadable",
                "{\"id\":5,\"id\":6,\"hash\":\"00\"} | signed_data_unreadable",
                "{\"id\":5,\"i\\u0064\":6,\"hash\":\"00\"} | signed_data_unreadable",
                "{\"id\":{\"a\":1},\"hash\":\"00\"} | signed_data_unreadable",
                "{\"id\":[5],\"hash\":\"00\"} | signed_data_unreadable",
                "{\"id\":5.0,\"hash\":\"00\"} | signed_data_unreadable",
                "{\"id\":5,\"first_name\":\"\\ud800\",\"hash\":\"00\"} | signed_data_unreadable",
                "{\"id\":null,\"hash\":\"00\"} | signed_data_unreadable",
                "{\"id\":true,\"hash\":\"00\"} | signed_data_unreadable",
                "{\"id\":5} {\"id\":6} | signed_data_unreadable",
                "{\"id\":5 | signed_data_unreadable",
                "id=%zz&hash=00 | signed_data_unreadable",
                "id=5&&hash=00 | signed_data_unreadable",
                "id | signed_data_unreadable",
                "=5&hash=00 | signed_data_unreadable",
                "?id=5&hash=00 | signed_data_unreadable"
            })
    void refusesWhatCannotBeReadInOneWay(String data, String detail) {
        assertRefused(data, detail);
    }

    @Test
    void refusesDataAboutNobodyOrAboutTwo() {
        String hash = "&hash=" + "0".repeat(64);

        assertRefused("auth_date=1" + hash, "signed_data_of_nobody");
        assertRefused("auth_date=1&id=5&user=%7B%22id%22%3A6%7D" + hash, "signed_data_of_nobody");
    }

    @Test
    void refusesDataThatIsTooLong() {
        assertRefused("id=5&first_name=" + "x".repeat(8192) + "&hash=00", "signed_data_too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "soon", "1893456000.5", "99999999999999"})
    void refusesDateThatIsNone(String date) {
        TelegramData data = TelegramData.parse("id=5&auth_date=" + date + "&hash=" + "0".repeat(64));

        assertThatThrownBy(data::authenticatedAt).isInstanceOf(ExchangeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "5", "[]", "{\"id\":5", "null"})
    void refusesUserOfAMiniAppThatIsNoObject(String user) {
        TelegramData data = TelegramData.parse("auth_date=1&user=" + encoded(user) + "&hash=" + "0".repeat(64));

        assertThatThrownBy(data::person).isInstanceOf(ExchangeException.class);
    }

    @Test
    void printsNobody() {
        TelegramData data = TelegramData.parse("auth_date=1&id=5&first_name=Ada&hash=" + "0".repeat(64));

        assertThat(data.toString()).doesNotContain("Ada");
    }

    private static void assertRefused(String data, String detail) {
        assertThatThrownBy(() -> TelegramData.parse(data)).isInstanceOfSatisfying(ExchangeException.class, refused -> {
            assertThat(refused.error().reason()).isEqualTo("token_invalid");
            assertThat(refused.detail()).isEqualTo(detail);
        });
    }

    static String widgetHash(String signed) {
        try {
            return hmac(MessageDigest.getInstance("SHA-256").digest(bytes(TOKEN)), signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String miniAppHash(String signed) {
        return hmac(HexFormat.of().parseHex(hmac(bytes("WebAppData"), TOKEN)), signed);
    }

    private static String hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
