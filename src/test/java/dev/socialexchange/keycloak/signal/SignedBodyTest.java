package dev.socialexchange.keycloak.signal;

import static dev.socialexchange.keycloak.signal.Signals.assertRefused;
import static dev.socialexchange.keycloak.signal.Signals.body;
import static dev.socialexchange.keycloak.signal.Signals.hear;
import static dev.socialexchange.keycloak.signal.Signals.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies with a signature beside them, each provider's as its documentation has it. */
class SignedBodyTest {
    private static final String REFERENCE = "${vault.signals}";
    private static final String OLD_REFERENCE = "${vault.signals-old}";

    private static OfflineProvider of(String type) {
        return OfflineProvider.ofType(
                type,
                Map.of(
                        "clientId", "our-app",
                        "clientSecret", "secret",
                        "exchangeSignalsSecret", OLD_REFERENCE + "##" + REFERENCE));
    }

    private static OfflineKeycloak at(long seconds, String secret) {
        return Signals.at(seconds).keeping(REFERENCE, secret);
    }

    private static String hmac(String text) {
        return Digests.hmacSha256Hex("secret".getBytes(StandardCharsets.UTF_8), text);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> changed = new HashMap<>(headers);
        changed.put(name, value);
        return changed;
    }

    /** The secret, the payload and the signature of GitHub's documentation; the payload is no JSON. */
    @Test
    void gitHubsPublishedSignatureIsRight() {
        Map<String, String> headers = Map.of(
                "x-hub-signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");

        assertRefused(
                at(1, "It's a Secret to Everybody"),
                of("github"),
                "webhook",
                body(headers, "Hello, World!"),
                SignalError.INVALID_REQUEST,
                "body_unreadable");
        assertRefused(
                at(1, "another secret"),
                of("github"),
                "webhook",
                body(headers, "Hello, World!"),
                SignalError.AUTHENTICATION_FAILED,
                "signature_invalid");
    }

    private static SignalRequest ofGitHub(String event, String json) {
        return body(Map.of("x-github-event", event, "x-hub-signature-256", "sha256=" + hmac(json)), json);
    }

    @Test
    void gitHubSaysThatSomebodyHasRevokedTheApp() {
        String json = "{\"action\":\"revoked\",\"sender\":{\"login\":\"octocat\",\"id\":583231}}";

        Signal signal =
                told(at(1_000_000, "secret"), of("github"), "webhook", ofGitHub("github_app_authorization", json));

        assertThat(signal.events()).containsExactly(NeutralEvent.APP_DEAUTHORISED);
        assertThat(signal.subjects()).containsExactly("583231");
        assertThat(signal.time()).isEqualTo(Instant.ofEpochSecond(1_000_000)); // it has none
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "push"})
    void whatGitHubSaysOfOtherThingsMeansNothing(String event) {
        assertThat(told(
                                at(1, "secret"),
                                of("github"),
                                "webhook",
                                ofGitHub(event, "{\"zen\":\"x\",\"sender\":{\"id\":1}}"))
                        .events())
                .isEmpty();
    }

    /** Both secrets count while one is replaced by the other. */
    @Test
    void olderSecretCountsAsLongAsItIsThere() {
        String json = "{\"zen\":\"x\"}";
        OfflineKeycloak both = at(1, "new-secret").keeping(OLD_REFERENCE, "secret");

        assertThat(hear(both, of("github"), "webhook", ofGitHub("ping", json))).isInstanceOf(Heard.Told.class);
    }

    @Test
    void missingSecretIsNobodysKey() {
        for (OfflineKeycloak keycloak : Arrays.asList(Signals.at(1), at(1, ""), at(1, "  "))) {
            assertThatThrownBy(() -> hear(keycloak, of("github"), "webhook", ofGitHub("ping", "{}")))
                    .isInstanceOfSatisfying(ExchangeException.class, unavailable -> assertThat(unavailable.detail())
                            .isEqualTo("signal_secret_not_configured"));
        }
    }

    /** The one that is for logins is not for signals where there is another for them. */
    @Test
    void clientSecretIsNotTheWebhooks() {
        String json = "{\"zen\":\"x\"}";

        assertRefused(
                at(1, "webhook-secret"),
                of("github"),
                "webhook",
                ofGitHub("ping", json),
                SignalError.AUTHENTICATION_FAILED,
                "signature_invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "'', signature_missing",
        "sha256=, signature_malformed",
        "sha256=zz, signature_malformed",
        "sha1=00, signature_malformed",
        "sha256=00, signature_invalid",
        "SHA256=00, signature_malformed"
    })
    void whatIsNoSignatureIsRefused(String header, String detail) {
        assertRefused(
                at(1, "secret"),
                of("github"),
                "webhook",
                body(Map.of("x-github-event", "ping", "x-hub-signature-256", header), "{}"),
                SignalError.AUTHENTICATION_FAILED,
                detail);
    }

    @Test
    void anotherSpellingOfASignatureIsRefused() {
        String json = "{\"zen\":\"x\"}";
        Map<String, String> headers = Map.of("x-github-event", "ping", "x-hub-signature-256", "sha256=" + hmac(json));

        assertRefused(
                at(1, "secret"),
                of("github"),
                "webhook",
                body(with(headers, "x-hub-signature-256", "sha256=" + hmac(json).toUpperCase(Locale.ROOT)), json),
                SignalError.AUTHENTICATION_FAILED,
                "signature_malformed");
        assertRefused(
                at(1, "secret"),
                of("github"),
                "webhook",
                body(with(headers, "x-hub-signature-256", hmac(json)), json),
                SignalError.AUTHENTICATION_FAILED,
                "signature_malformed");
    }

    @Test
    void memberThatComesTwiceIsRefused() {
        String json = "{\"action\":\"revoked\",\"sender\":{\"id\":1,\"id\":2}}";

        assertRefused(
                at(1, "secret"),
                of("github"),
                "webhook",
                ofGitHub("github_app_authorization", json),
                SignalError.INVALID_REQUEST,
                "body_unreadable");
    }

    /** Of Slack's guide to signatures: it is of a command's form, so that only the signature is right. */
    @Test
    void slacksPublishedSignatureIsRight() {
        String form = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        Map<String, String> headers = Map.of(
                "x-slack-request-timestamp", "1531420618",
                "x-slack-signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");

        assertRefused(
                at(1_531_420_618, "8f742231b10e8888abcd99yyyzzz85a5"),
                of("slack"),
                "events",
                body(headers, form),
                SignalError.INVALID_REQUEST,
                "body_unreadable");
    }

    private static SignalRequest ofSlack(long seconds, String json) {
        return body(
                Map.of(
                        "x-slack-request-timestamp",
                        String.valueOf(seconds),
                        "x-slack-signature",
                        "v0=" + hmac("v0:" + seconds + ":" + json)),
                json);
    }

    @Test
    void slackNamesSeveralPeopleOfAWorkspace() {
        String json = "{\"type\":\"event_callback\",\"team_id\":\"T1\",\"event_id\":\"Ev1\",\"event_time\":1531420600,"
                + "\"event\":{\"type\":\"tokens_revoked\",\"tokens\":{\"oauth\":[\"U1\",\"U2\"],\"bot\":[\"B1\"]}}}";

        Signal signal = told(at(1_531_420_618, "secret"), of("slack"), "events", ofSlack(1_531_420_618, json));

        assertThat(signal.events()).containsExactly(NeutralEvent.APP_DEAUTHORISED);
        assertThat(signal.subjects()).containsExactly("T1_U1", "T1_U2");
        assertThat(signal.time()).isEqualTo(Instant.ofEpochSecond(1_531_420_600));
    }

    /** An id says whose it is together with the workspace alone. */
    @Test
    void slacksPersonWithoutAWorkspaceIsNobody() {
        String json = "{\"event_id\":\"Ev1\",\"event_time\":1531420600,"
                + "\"event\":{\"type\":\"tokens_revoked\",\"tokens\":{\"oauth\":[\"U1\"]}}}";

        assertRefused(
                at(1_531_420_618, "secret"),
                of("slack"),
                "events",
                ofSlack(1_531_420_618, json),
                SignalError.INVALID_REQUEST,
                "subject_incomplete");
    }

    @Test
    void challengeIsAnsweredToWhomeverHasTheSecret() {
        String json =
                "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P\"}";

        assertThat(hear(at(1_531_420_618, "secret"), of("slack"), "events", ofSlack(1_531_420_618, json)))
                .isEqualTo(new Heard.Asked(200, "text/plain", "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"));
        assertRefused(
                at(1_531_420_618, "another"),
                of("slack"),
                "events",
                ofSlack(1_531_420_618, json),
                SignalError.AUTHENTICATION_FAILED,
                "signature_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "a b", ""})
    void challengeThatIsNoPlainWordIsRefused(String challenge) {
        String json = "{\"type\":\"url_verification\",\"challenge\":\"" + challenge + "\"}";

        assertRefused(
                at(1_531_420_618, "secret"),
                of("slack"),
                "events",
                ofSlack(1_531_420_618, json),
                SignalError.INVALID_REQUEST,
                "challenge_not_plain");
    }

    @ParameterizedTest
    @ValueSource(longs = {1_531_420_618 + 301, 1_531_420_618 - 301})
    void signatureOfAnotherMomentIsRefused(long now) {
        assertRefused(
                at(now, "secret"),
                of("slack"),
                "events",
                ofSlack(1_531_420_618, "{\"type\":\"url_verification\",\"challenge\":\"x\"}"),
                SignalError.AUTHENTICATION_FAILED,
                "signed_at_another_time");
    }

    /** The time is part of what is signed. */
    @Test
    void newTimeForAnOldSignatureIsRefused() {
        SignalRequest old = ofSlack(1_531_420_618, "{\"type\":\"url_verification\",\"challenge\":\"x\"}");

        assertRefused(
                at(1_600_000_000, "secret"),
                of("slack"),
                "events",
                new SignalRequest(with(old.headers(), "x-slack-request-timestamp", "1600000000"), old.body()),
                SignalError.AUTHENTICATION_FAILED,
                "signature_invalid");
    }

    /** Computed by hand with another tool: the key is {@code secret}. */
    @ParameterizedTest
    @CsvSource({
        "tiktok, webhook, tiktok-signature, 't=1633174587,s=ee1ac433758f6b00bc2f10a662de074060c1fca26558abe3f7758e478c105874'",
        "roblox, webhook, roblox-signature, 't=1633174587,v1=7hrEM3WPawC8LxCmYt4HQGDB/KJlWKvj93WOR4wQWHQ='",
        "zoom, events, x-zm-signature, v0=ace56fc988b6de3c14bba16c2ff4814c8ea0afaf1195a841025b15f6f39a3138"
    })
    void signaturesOfOthersAreRight(String type, String name, String header, String signature) {
        Map<String, String> headers = Map.of(header, signature, "x-zm-request-timestamp", "1633174587");

        assertThatThrownBy(() -> hear(at(1_633_174_587, "secret"), of(type), name, body(headers, "{\"event\":\"x\"}")))
                .isInstanceOfSatisfying(SignalRefusal.class, refused -> assertThat(refused.error())
                        .as(refused.detail())
                        .isNotEqualTo(SignalError.AUTHENTICATION_FAILED));
    }

    /** Without a secret Roblox sends the same header, and no signature in it. */
    @Test
    void robloxsUnsignedMessageIsRefused() {
        assertRefused(
                at(1_633_174_587, "secret"),
                of("roblox"),
                "webhook",
                body(Map.of("roblox-signature", "t=1633174587"), "{\"event\":\"x\"}"),
                SignalError.AUTHENTICATION_FAILED,
                "signature_malformed");
    }

    @ParameterizedTest
    @CsvSource({"0, APP_DEAUTHORISED", "1, APP_DEAUTHORISED", "2, ACCOUNT_DELETED", "4, ACCOUNT_DISABLED"})
    void tikTokSaysWhyInATextThatIsJson(int reason, NeutralEvent meaning) {
        Signal signal = told(Signals.at(1_633_174_587), of("tiktok"), "webhook", ofTikTok("our-app", reason));

        assertThat(signal.events()).containsExactly(meaning);
        assertThat(signal.subjects()).containsExactly("act.example12345");
    }

    private static SignalRequest ofTikTok(String app, int reason) {
        String json = "{\"client_key\":\"" + app + "\",\"event\":\"authorization.removed\",\"create_time\":1633174500,"
                + "\"user_openid\":\"act.example12345\",\"content\":\"{\\\"reason\\\":" + reason + "}\"}";
        return body(Map.of("tiktok-signature", "t=1633174587,s=" + hmac("1633174587." + json)), json);
    }

    @Test
    void signalAboutAnotherAppIsRefused() {
        assertRefused(
                Signals.at(1_633_174_587),
                of("tiktok"),
                "webhook",
                ofTikTok("other-app", 1),
                SignalError.INVALID_AUDIENCE,
                "app_of_another");
    }

    private static SignalRequest ofZoom(String json) {
        return body(
                Map.of("x-zm-request-timestamp", "1633174587", "x-zm-signature", "v0=" + hmac("v0:1633174587:" + json)),
                json);
    }

    @Test
    void zoomsChallengeIsSigned() {
        String json = "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\"}}";

        assertThat(hear(at(1_633_174_587, "secret"), of("zoom"), "events", ofZoom(json)))
                .isEqualTo(new Heard.Asked(
                        200,
                        "application/json",
                        "{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\",\"encryptedToken\":"
                                + "\"72cef096bfd47c0b8664df30d07721641e4abd7e885ba432204260db477a9a3e\"}"));
    }

    /** Signed, it would be the signature of a signal. */
    @Test
    void challengeThatLooksLikeASignedTextIsNotSigned() {
        String json = "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"v0:1633174587:{}\"}}";

        assertRefused(
                at(1_633_174_587, "secret"),
                of("zoom"),
                "events",
                ofZoom(json),
                SignalError.INVALID_REQUEST,
                "challenge_not_plain");
    }

    @Test
    void zoomSaysThatAnAppIsRemoved() {
        String json = "{\"event\":\"app_deauthorized\",\"payload\":{\"user_id\":\"z-1\",\"client_id\":\"our-app\","
                + "\"deauthorization_time\":\"2021-10-02T11:36:20.000Z\",\"signature\":\"x\"}}";

        assertThat(told(at(1_633_174_587, "secret"), of("zoom"), "events", ofZoom(json))
                        .subjects())
                .containsExactly("z-1");
    }

    private static SignalRequest ofTwitch(String kind, String json) {
        String time = "2026-11-28T00:00:00.123456789Z";
        return body(
                Map.of(
                        "twitch-eventsub-message-id",
                        "id-1",
                        "twitch-eventsub-message-timestamp",
                        time,
                        "twitch-eventsub-message-type",
                        kind,
                        "twitch-eventsub-message-signature",
                        "sha256=" + hmac("id-1" + time + json)),
                json);
    }

    @Test
    void twitchSaysThatSomebodyHasDisconnectedTheApp() {
        long now = Instant.parse("2026-11-28T00:01:00Z").getEpochSecond();
        String json =
                "{\"subscription\":{\"type\":\"user.authorization.revoke\",\"condition\":{\"client_id\":\"our-app\"}},"
                        + "\"event\":{\"client_id\":\"our-app\",\"user_id\":\"1337\",\"user_login\":null}}";

        assertThat(told(at(now, "secret"), of("twitch"), "eventsub", ofTwitch("notification", json))
                        .subjects())
                .containsExactly("1337");
        assertThat(told(at(now, "secret"), of("twitch"), "eventsub", ofTwitch("revocation", json))
                        .events())
                .as("the end of the subscription")
                .isEmpty();
        assertThat(hear(
                        at(now, "secret"),
                        of("twitch"),
                        "eventsub",
                        ofTwitch(
                                "webhook_callback_verification",
                                "{\"challenge\":\"pogchamp-kappa-360noscope-vohiyo\"}")))
                .isEqualTo(new Heard.Asked(200, "text/plain", "pogchamp-kappa-360noscope-vohiyo"));
    }

    @Test
    void robloxWantsSomebodyForgotten() {
        String json = "{\"NotificationId\":\"n-1\",\"EventType\":\"RightToErasureRequest\","
                + "\"EventTime\":\"2021-10-02T11:36:20.000Z\",\"EventPayload\":{\"UserId\":4711,\"GameIds\":[1]}}";
        Map<String, String> headers = Map.of(
                "roblox-signature",
                "t=1633174587,v1="
                        + Base64.getEncoder()
                                .encodeToString(Digests.hmacSha256(
                                        "secret".getBytes(StandardCharsets.UTF_8),
                                        ("1633174587." + json).getBytes(StandardCharsets.UTF_8))));

        Signal signal = told(at(1_633_174_587, "secret"), of("roblox"), "webhook", body(headers, json));

        assertThat(signal.events()).containsExactly(NeutralEvent.DATA_DELETION_REQUESTED);
        assertThat(signal.subjects()).containsExactly("4711");
    }

    private static KeyPair keys() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static OfflineProvider discord(KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        return OfflineProvider.ofType(
                "discord",
                Map.of(
                        "clientId",
                        "our-app",
                        "exchangeSignalsKey",
                        HexFormat.of().formatHex(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length))));
    }

    private static SignalRequest ofDiscord(KeyPair keys, String json) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(("1633174587" + json).getBytes(StandardCharsets.UTF_8));
        return body(
                Map.of(
                        "x-signature-timestamp",
                        "1633174587",
                        "x-signature-ed25519",
                        HexFormat.of().formatHex(signature.sign())),
                json);
    }

    @Test
    void discordSaysThatSomebodyHasRemovedTheApp() throws GeneralSecurityException {
        KeyPair keys = keys();
        String json =
                "{\"version\":1,\"application_id\":\"our-app\",\"type\":1,\"event\":{\"type\":\"APPLICATION_DEAUTHORIZED\","
                        + "\"timestamp\":\"2021-10-02T11:36:20.123456\",\"data\":{\"user\":{\"id\":\"80351110224678912\"}}}}";

        Signal signal = told(Signals.at(1_633_174_587), discord(keys), "webhook-events", ofDiscord(keys, json));

        assertThat(signal.events()).containsExactly(NeutralEvent.APP_DEAUTHORISED);
        assertThat(signal.subjects()).containsExactly("80351110224678912");
        assertThat(signal.time()).isEqualTo(Instant.parse("2021-10-02T11:36:20.123456Z"));
        assertThat(hear(
                        Signals.at(1_633_174_587),
                        discord(keys),
                        "webhook-events",
                        ofDiscord(keys, "{\"application_id\":\"our-app\",\"type\":0}")))
                .isEqualTo(new Heard.Asked(204, "application/json", ""));
    }

    /** Discord sends such on purpose. */
    @Test
    void signatureOfAnotherKeyIsRefused() throws GeneralSecurityException {
        assertRefused(
                Signals.at(1_633_174_587),
                discord(keys()),
                "webhook-events",
                ofDiscord(keys(), "{\"application_id\":\"our-app\",\"type\":0}"),
                SignalError.AUTHENTICATION_FAILED,
                "signature_invalid");
    }

    /** An address that answers 429 to them is taken out. */
    @Test
    void wrongSignatureIsAProbeOfDiscordsAlone() throws GeneralSecurityException {
        KeyPair keys = keys();
        SignalRequest wrong = ofDiscord(keys(), "{\"application_id\":\"our-app\",\"type\":0}");
        SignalRequest anothers = ofDiscord(keys, "{\"application_id\":\"another\",\"type\":1}");

        assertThat(isProbe(discord(keys), "webhook-events", wrong)).isTrue();
        assertThat(isProbe(discord(keys), "webhook-events", anothers)).isFalse();
        assertThat(isProbe(naver("someClientId", "secret"), "unlink", body(OF_NAVER.replace("AAEC", "BAEC"))))
                .isFalse();
    }

    private static boolean isProbe(OfflineProvider provider, String name, SignalRequest request) {
        SignalRefusal refused = catchThrowableOfType(
                SignalRefusal.class, () -> hear(Signals.at(1_633_174_587), provider, name, request));
        return refused.isOfProbe(provider.descriptor().signals().get(name));
    }

    private static final String OF_NAVER = "clientId=someClientId&timestamp=1693877406&encryptUniqueId="
            + "AAECAwQFBgcICQoLDA0ODzxjvF-75bRSNVYU8mGb3Mx54-Vq4HL-OrvPNuKgRjMw"
            + "&signature=90FcnhGC9hb2ORSED355j4EHDOvqO_lkHznt9DRMh2E";

    private static OfflineProvider naver(String clientId, String secret) {
        return OfflineProvider.ofType("naver", Map.of("clientId", clientId, "clientSecret", secret));
    }

    /** Computed with another tool by Naver's guide: the secret is {@code secret}. */
    @Test
    void naverHidesWhoIsMeant() {
        Signal signal = told(Signals.at(1_693_877_406), naver("someClientId", "secret"), "unlink", body(OF_NAVER));

        assertThat(signal.events()).containsExactly(NeutralEvent.APP_DEAUTHORISED);
        assertThat(signal.subjects()).containsExactly("SOME_NAVER_LOGIN_UNIQUE_ID");
    }

    @Test
    void naversSignatureIsAskedBeforeAnythingIsDecrypted() {
        String tampered = OF_NAVER.replace("encryptUniqueId=AAEC", "encryptUniqueId=BAEC");

        for (String form : new String[] {tampered, OF_NAVER.replace("1693877406", "1693877407")}) {
            assertRefused(
                    Signals.at(1_693_877_406),
                    naver("someClientId", "secret"),
                    "unlink",
                    body(form),
                    SignalError.AUTHENTICATION_FAILED,
                    "signature_invalid");
        }
        assertRefused(
                Signals.at(1_693_877_406),
                naver("another", "secret"),
                "unlink",
                body(OF_NAVER),
                SignalError.INVALID_AUDIENCE,
                "app_of_another");
    }
}
