package dev.socialexchange.keycloak.signal;

import static dev.socialexchange.keycloak.signal.Signals.assertRefused;
import static dev.socialexchange.keycloak.signal.Signals.body;
import static dev.socialexchange.keycloak.signal.Signals.hear;
import static dev.socialexchange.keycloak.signal.Signals.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Meta's signed requests, the published ones among them. */
class SignedRequestTest {
    /** Of Meta's guide for canvas apps, with the secret {@code secret}. */
    private static final String PUBLISHED =
            "vlXgu64BQGFSQrY0ZcJBZASMvYvTHu9GQ0YM9rjPSso.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsIjAiOiJwYXlsb2FkIn0";

    /** The payload that the page about data deletion prints, of 2010, with the same secret. */
    private static final String DOCUMENTED =
            "-fwBSpSRt5D9U-ha4XKiZ9gMrcQ2raVsTIJ8JnSTzeM.eyJ1c2VyX2lkIjoiMjE4NDcxIiwiYWxnb3JpdGhtIjoiSE1BQy1TSEEyNTYiLCJpc3N1ZWRfYXQiOjEyOTE4MzY4MDAsImV4cGlyZXMiOjEyOTE4NDA0MDB9";

    private static final long ISSUED = 1_291_836_800L;

    private final OfflineKeycloak keycloak = Signals.at(ISSUED + 60);

    private static OfflineProvider facebook(String secret) {
        return OfflineProvider.ofType("facebook", Map.of("clientId", "our-app", "clientSecret", secret));
    }

    private static String encoded(String payload) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(String payload) {
        byte[] signature = Digests.hmacSha256(
                "secret".getBytes(StandardCharsets.UTF_8), encoded(payload).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature) + '.' + encoded(payload);
    }

    private static SignalRequest request(String value) {
        return body("signed_request=" + value.replace("=", "%3D"));
    }

    private void refused(String body, SignalError error, String detail) {
        assertRefused(keycloak, facebook("secret"), "data-deletion", body(body), error, detail);
    }

    @ParameterizedTest
    @CsvSource({"deauthorize, APP_DEAUTHORISED", "data-deletion, DATA_DELETION_REQUESTED"})
    void addressDecidesWhatADocumentedRequestMeans(String name, NeutralEvent meaning) {
        Signal signal = told(keycloak, facebook("secret"), name, request(DOCUMENTED));

        assertThat(signal.events()).containsExactly(meaning);
        assertThat(signal.subjects()).containsExactly("218471");
        assertThat(signal.time()).isEqualTo(Instant.ofEpochSecond(ISSUED));
    }

    /** Whose links begin with a word, as Keycloak's own type of that name has it. */
    @Test
    void instagramsPersonIsCalledAsInLinks() {
        OfflineProvider instagram =
                OfflineProvider.ofType("instagram", Map.of("clientId", "our-app", "clientSecret", "secret"));

        assertThat(told(keycloak, instagram, "deauthorize", request(DOCUMENTED)).subjects())
                .containsExactly("graph_218471");
    }

    @Test
    void personWhoIsANumberIsTheSame() {
        String payload = "{\"user_id\":218471,\"algorithm\":\"HMAC-SHA256\",\"issued_at\":" + ISSUED + "}";

        assertThat(told(keycloak, facebook("secret"), "deauthorize", request(signed(payload)))
                        .subjects())
                .containsExactly("218471");
    }

    @Test
    void paddingIsNoHarm() {
        String[] parts = DOCUMENTED.split("\\.");

        assertThat(hear(keycloak, facebook("secret"), "deauthorize", request(parts[0] + "=." + parts[1])))
                .isInstanceOf(Heard.Told.class);
    }

    @Test
    void publishedRequestIsGenuineAndAboutNobody() {
        refused("signed_request=" + PUBLISHED, SignalError.INVALID_REQUEST, "time_missing");
    }

    @Test
    void requestOfYesterdayIsRefused() {
        assertRefused(
                Signals.at(ISSUED + 86_400 + 300),
                facebook("secret"),
                "data-deletion",
                request(DOCUMENTED),
                SignalError.INVALID_REQUEST,
                "too_old");
    }

    @Test
    void requestOfTomorrowIsRefused() {
        assertRefused(
                Signals.at(ISSUED - 301),
                facebook("secret"),
                "data-deletion",
                request(DOCUMENTED),
                SignalError.INVALID_REQUEST,
                "time_in_future");
    }

    /** Of Instagram and Facebook each has its own. */
    @Test
    void secretOfAnotherAppIsRefused() {
        assertRefused(
                keycloak,
                facebook("other-secret"),
                "data-deletion",
                request(DOCUMENTED),
                SignalError.AUTHENTICATION_FAILED,
                "signature_invalid");
    }

    /** The front end gets one after each login, and whoever looks over its shoulder. */
    @ParameterizedTest
    @ValueSource(strings = {"code", "oauth_token", "page"})
    void whatMetaSignsForBrowsersIsNoSignal(String member) {
        String payload = "{\"user_id\":\"218471\",\"algorithm\":\"HMAC-SHA256\",\"issued_at\":" + ISSUED + ",\""
                + member + "\":\"AQD\"}";

        refused("signed_request=" + signed(payload), SignalError.INVALID_REQUEST, "signed_request_of_a_login");
    }

    @Test
    void placeInAVaultThatIsEmptyIsNobodysKey() {
        String payload = "{\"user_id\":\"218471\",\"algorithm\":\"HMAC-SHA256\",\"issued_at\":" + ISSUED + "}";
        byte[] signature = Digests.hmacSha256(
                "${vault.facebook}".getBytes(StandardCharsets.UTF_8),
                encoded(payload).getBytes(StandardCharsets.UTF_8));
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(signature) + '.' + encoded(payload);

        assertThatThrownBy(() -> hear(keycloak, facebook("${vault.facebook}"), "data-deletion", request(forged)))
                .isInstanceOfSatisfying(ExchangeException.class, unavailable -> assertThat(unavailable.detail())
                        .isEqualTo("signal_secret_not_configured"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void missingSecretIsNobodysKey(String secret) {
        byte[] empty = Digests.hmacSha256(new byte[] {0}, encoded("{}").getBytes(StandardCharsets.UTF_8));
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(empty) + '.' + encoded("{}");

        assertThatThrownBy(() -> hear(keycloak, facebook(secret), "data-deletion", request(forged)))
                .isInstanceOfSatisfying(ExchangeException.class, unavailable -> assertThat(unavailable.detail())
                        .isEqualTo("signal_secret_not_configured"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HMAC-SHA1", "hmac-sha256", "plain", ""})
    void otherAlgorithmsAreRefused(String algorithm) {
        String payload = "{\"user_id\":\"218471\",\"algorithm\":\"" + algorithm + "\",\"issued_at\":" + ISSUED + "}";

        refused("signed_request=" + signed(payload), SignalError.AUTHENTICATION_FAILED, "algorithm_not_allowed");
    }

    /** The HMAC is of the text as it is sent; of what it stands for it is another. */
    @Test
    void signatureOfTheDecodedPayloadIsRefused() {
        String payload = "{\"user_id\":\"218471\",\"algorithm\":\"HMAC-SHA256\",\"issued_at\":" + ISSUED + "}";
        byte[] wrong =
                Digests.hmacSha256("secret".getBytes(StandardCharsets.UTF_8), payload.getBytes(StandardCharsets.UTF_8));

        refused(
                "signed_request=" + Base64.getUrlEncoder().withoutPadding().encodeToString(wrong) + '.'
                        + encoded(payload),
                SignalError.AUTHENTICATION_FAILED,
                "signature_invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "signed_request=, signed_request_malformed",
        "signed_request=., signed_request_malformed",
        "signed_request=a.b.c, signed_request_malformed",
        "signed_request=!.b, signed_request_malformed",
        "other=a.b, signed_request_malformed",
        "signed_request, form_unreadable",
        "signed_request=%zz, form_unreadable",
        "signed_request=a.b&signed_request=c.d, form_field_twice"
    })
    void whatIsNoSignedRequestIsRefused(String body, String detail) {
        refused(body, SignalError.INVALID_REQUEST, detail);
    }

    @Test
    void memberThatComesTwiceIsRefused() {
        String payload =
                "{\"user_id\":\"1\",\"user_id\":\"218471\",\"algorithm\":\"HMAC-SHA256\",\"issued_at\":" + ISSUED + "}";

        refused("signed_request=" + signed(payload), SignalError.INVALID_REQUEST, "signed_request_unreadable");
    }

    @Test
    void personWhoIsNeitherTextNorNumberIsRefused() {
        String payload = "{\"user_id\":true,\"algorithm\":\"HMAC-SHA256\",\"issued_at\":" + ISSUED + "}";

        refused("signed_request=" + signed(payload), SignalError.INVALID_REQUEST, "subject_unreadable");
    }
}
