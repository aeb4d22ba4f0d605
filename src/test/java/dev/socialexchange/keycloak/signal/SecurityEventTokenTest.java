package dev.socialexchange.keycloak.signal;

import static dev.socialexchange.keycloak.signal.Signals.assertRefused;
import static dev.socialexchange.keycloak.signal.Signals.body;
import static dev.socialexchange.keycloak.signal.Signals.hear;
import static dev.socialexchange.keycloak.signal.Signals.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.proof.Issuer;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Security event tokens in all dialects, and what is none, though the provider has signed it with the same keys. */
class SecurityEventTokenTest {
    private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";
    private static final String OAUTH = "https://schemas.openid.net/secevent/oauth/event-type/";
    private static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
    private static final long NOW = 1_764_000_000L;

    private static final Issuer GOOGLE = new Issuer("https://accounts.google.com/", "google-key");
    private static final Issuer GOOGLE_HIDDEN = new Issuer("https://accounts.google.com/", "hidden-key");
    private static final Issuer APPLE = new Issuer("https://appleid.apple.com", "apple-key");
    private static final Issuer KAKAO = new Issuer("https://kauth.kakao.com", "kakao-key");
    private static final Issuer ANY = new Issuer("https://id.example", "any-key");

    private static final OfflineProvider AT_GOOGLE = OfflineProvider.ofType("google", Map.of("clientId", "our-app"));
    private static final OfflineProvider AT_APPLE =
            OfflineProvider.ofType("apple", Map.of("clientId", "example.web", "bundleId", "example.app"));
    private static final OfflineProvider AT_KAKAO = OfflineProvider.ofType("kakao", Map.of("clientId", "our-app"));
    private static final OfflineProvider AT_ANY = OfflineProvider.openId(Map.of(
            "clientId", "our-app",
            "issuer", "https://id.example",
            "useJwksUrl", "true",
            "jwksUrl", "https://id.example/jwks",
            "exchangeSignalsAudience", "https://receiver.example"));

    private final OfflineKeycloak keycloak =
            Signals.at(NOW).knowing(GOOGLE).knowing(APPLE).knowing(KAKAO).knowing(ANY);

    private static Map<String, Object> claims(String issuer, Object... further) {
        Map<String, Object> claims =
                new LinkedHashMap<>(Map.of("iss", issuer, "aud", "our-app", "iat", NOW - 5, "jti", "id-1"));
        for (int i = 0; i < further.length; i += 2) {
            claims.put((String) further[i], further[i + 1]);
        }
        return claims;
    }

    /** As the guide of Cross-Account Protection prints it. */
    private static Map<String, Object> google(String type, Object... members) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put(
                "subject",
                Map.of("subject_type", "iss-sub", "iss", "https://accounts.google.com/", "sub", "7375626a656374"));
        for (int i = 0; i < members.length; i += 2) {
            event.put((String) members[i], members[i + 1]);
        }
        return claims("https://accounts.google.com/", "events", Map.of(type, event));
    }

    private static SignalRequest signed(Issuer issuer, Map<String, Object> claims) {
        return signed(issuer, claims, header -> {});
    }

    private static SignalRequest signed(
            Issuer issuer, Map<String, Object> claims, Consumer<Map<String, Object>> header) {
        return body(issuer.sign(claims, header));
    }

    private Signal toldByGoogle(Map<String, Object> claims) {
        return told(keycloak, AT_GOOGLE, "security-events", signed(GOOGLE, claims));
    }

    private void refusedOfGoogle(SignalRequest request, SignalError error, String detail) {
        assertRefused(keycloak, AT_GOOGLE, "security-events", request, error, detail);
    }

    @Test
    void googleSaysThatAnAccountIsHijacked() {
        Signal signal = toldByGoogle(google(RISC + "account-disabled", "reason", "hijacking"));

        assertThat(signal.events())
                .containsExactlyInAnyOrder(NeutralEvent.ACCOUNT_DISABLED, NeutralEvent.CREDENTIALS_COMPROMISED);
        assertThat(signal.subjects()).containsExactly("7375626a656374");
        assertThat(signal.time()).isEqualTo(Instant.ofEpochSecond(NOW - 5));
    }

    @ParameterizedTest
    @CsvSource({
        RISC + "sessions-revoked, SESSIONS_REVOKED",
        OAUTH + "tokens-revoked, APP_DEAUTHORISED",
        RISC + "account-disabled, ACCOUNT_DISABLED",
        RISC + "account-enabled, ACCOUNT_ENABLED",
        RISC + "account-purged, ACCOUNT_DELETED",
        RISC + "account-credential-change-required, CREDENTIALS_COMPROMISED"
    })
    void googlesEventsMeanWhatItsGuideSays(String type, NeutralEvent meaning) {
        assertThat(toldByGoogle(google(type)).events()).containsExactly(meaning);
    }

    /** Of one refresh token, which is none of the person's sessions here. */
    @Test
    void googlesTokenThatIsRevokedIsNobodysSignal() {
        Signal signal = toldByGoogle(claims(
                "https://accounts.google.com/",
                "events",
                Map.of(OAUTH + "token-revoked", Map.of("subject", Map.of("subject_type", "oauth_token")))));

        assertThat(signal.events()).isEmpty();
        assertThat(signal.subjects()).isEmpty();
    }

    @Test
    void googleTriesTheAddressOut() {
        Signal signal = toldByGoogle(
                claims("https://accounts.google.com/", "events", Map.of(RISC + "verification", Map.of("state", "x"))));

        assertThat(signal.events()).containsExactly(NeutralEvent.VERIFICATION);
        assertThat(signal.subjects()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secevent+jwt", "SecEvent+JWT", "application/secevent+jwt", "JWT"})
    void typesAreComparedAsMediaTypes(String type) {
        assertThat(hear(
                        keycloak,
                        AT_GOOGLE,
                        "security-events",
                        signed(GOOGLE, google(RISC + "sessions-revoked"), header -> header.put("typ", type))))
                .isInstanceOf(Heard.Told.class);
    }

    /** The other way round is {@code OtherTokensOfAnIssuerTest}'s. */
    @Test
    void idTokenIsNoSignal() {
        String idToken = GOOGLE.sign("7375626a656374", "our-app", claims -> {
            claims.put("iat", NOW);
            claims.put("exp", NOW + 3600);
            claims.put("jti", "id-1");
        });

        refusedOfGoogle(body(idToken), SignalError.INVALID_REQUEST, "events_missing");
    }

    @Test
    void logoutTokenIsNoSignal() {
        SignalRequest logout = signed(
                ANY,
                claims(
                        "https://id.example",
                        "events",
                        Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())),
                header -> header.put("typ", "logout+jwt"));

        assertRefused(keycloak, AT_ANY, "shared-signals", logout, SignalError.INVALID_REQUEST, "type_not_allowed");
    }

    @ParameterizedTest
    @CsvSource({"JWT", "at+jwt", "logout+jwt", "''"})
    void sharedSignalsHaveTheTypeOfSecurityEventTokens(String type) {
        SignalRequest request = signed(ANY, shared(), header -> header.put("typ", type));

        assertRefused(keycloak, AT_ANY, "shared-signals", request, SignalError.INVALID_REQUEST, "type_not_allowed");
    }

    private static Map<String, Object> shared(Object... further) {
        Map<String, Object> claims = claims(
                "https://id.example",
                "sub_id",
                Map.of("format", "iss_sub", "iss", "https://id.example", "sub", "4711"),
                "events",
                Map.of(CAEP + "session-revoked", Map.of("event_timestamp", NOW - 60)));
        for (int i = 0; i < further.length; i += 2) {
            claims.put((String) further[i], further[i + 1]);
        }
        return claims;
    }

    private Heard heardOfAny(Map<String, Object> claims) {
        return hear(
                keycloak, AT_ANY, "shared-signals", signed(ANY, claims, header -> header.put("typ", "secevent+jwt")));
    }

    private void refusedOfAny(Map<String, Object> claims, SignalError error, String detail) {
        assertThatThrownBy(() -> heardOfAny(claims)).isInstanceOfSatisfying(SignalRefusal.class, refused -> {
            assertThat(refused.detail()).isEqualTo(detail);
            assertThat(refused.error()).isEqualTo(error);
        });
    }

    @Test
    void transmitterOfSharedSignalsEndsSessions() {
        Signal signal = ((Heard.Told) heardOfAny(shared())).signal();

        assertThat(signal.events()).containsExactly(NeutralEvent.SESSIONS_REVOKED);
        assertThat(signal.subjects()).containsExactly("4711");
        assertThat(signal.time()).isEqualTo(Instant.ofEpochSecond(NOW - 60));
    }

    @Test
    void personInAComplexSubjectIsTheUser() {
        Signal signal = ((Heard.Told) heardOfAny(shared(
                        "sub_id",
                        Map.of(
                                "format", "complex",
                                "user", Map.of("format", "iss_sub", "iss", "https://id.example", "sub", "4712"),
                                "session", Map.of("format", "opaque", "id", "s")))))
                .signal();

        assertThat(signal.subjects()).containsExactly("4712");
    }

    /** OpenID SSF 1.0: neither is in a security event token, so that none of them passes for an id_token. */
    @ParameterizedTest
    @ValueSource(strings = {"exp", "sub"})
    void sharedSignalHasNoClaimOfIdTokens(String claim) {
        refusedOfAny(
                shared(claim, claim.equals("exp") ? NOW + 300 : "4711"),
                SignalError.INVALID_REQUEST,
                "claim_forbidden");
    }

    @Test
    void subjectOfAnotherIssuerIsNobody() {
        refusedOfAny(
                shared("sub_id", Map.of("format", "iss_sub", "iss", "https://other.example", "sub", "4711")),
                SignalError.INVALID_REQUEST,
                "subject_of_another_issuer");
    }

    /** Whoever merely has the address is not the person. */
    @Test
    void addressIsNoSubject() {
        refusedOfAny(
                shared("sub_id", Map.of("format", "email", "email", "victim@example.org")),
                SignalError.INVALID_REQUEST,
                "subject_issuer_missing");
    }

    @Test
    void audienceOfTheReceiverIsOurs() {
        assertThat(heardOfAny(shared("aud", List.of("https://receiver.example", "other"))))
                .isInstanceOf(Heard.Told.class);
    }

    /** An attacker's own app gets signals of the same keys. */
    @Test
    void signalForAnotherAppIsRefused() {
        refusedOfAny(shared("aud", "other-app"), SignalError.INVALID_AUDIENCE, "audience_of_another");
        refusedOfAny(shared("aud", List.of()), SignalError.INVALID_AUDIENCE, "audience_of_another");
        refusedOfAny(
                shared("aud", List.of("other-app", "third-app")), SignalError.INVALID_AUDIENCE, "audience_of_another");
    }

    @Test
    void signalWithoutAudienceIsRefused() {
        Map<String, Object> claims = shared();
        claims.remove("aud");

        refusedOfAny(claims, SignalError.INVALID_AUDIENCE, "audience_of_another");
    }

    /** Two providers of one type may have two projects. */
    @Test
    void signalOfAnotherIssuerIsRefused() {
        refusedOfAny(shared("iss", "https://id.example/"), SignalError.INVALID_ISSUER, "issuer_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "ES256", "rs256"})
    void otherAlgorithmsAreRefused(String algorithm) {
        refusedOfGoogle(
                signed(GOOGLE, google(RISC + "sessions-revoked"), header -> header.put("alg", algorithm)),
                algorithm.equals("rs256") ? SignalError.INVALID_REQUEST : SignalError.INVALID_KEY,
                algorithm.equals("rs256") ? "not_a_jws" : "algorithm_not_allowed");
    }

    @Test
    void keysThatATokenBringsAlongAreNotLookedAt() {
        SignalRequest request = signed(GOOGLE_HIDDEN, google(RISC + "sessions-revoked"), header -> {
            header.put("jku", "https://attacker.example/keys");
            header.put("x5u", "https://attacker.example/cert");
            header.put("kid", "google-key");
        });

        refusedOfGoogle(request, SignalError.AUTHENTICATION_FAILED, "signature_invalid");
    }

    @Test
    void criticalHeaderIsRefused() {
        refusedOfGoogle(
                signed(GOOGLE, google(RISC + "sessions-revoked"), header -> header.put("crit", List.of("b64"))),
                SignalError.INVALID_REQUEST,
                "critical_header");
    }

    @Test
    void truncatedTokenIsRefused() {
        String token = GOOGLE.sign(google(RISC + "sessions-revoked"), header -> {});

        refusedOfGoogle(
                body(token.substring(0, token.length() - 20)), SignalError.AUTHENTICATION_FAILED, "signature_invalid");
        refusedOfGoogle(
                body(token.substring(0, token.lastIndexOf('.'))),
                SignalError.AUTHENTICATION_FAILED,
                "signature_invalid");
        refusedOfGoogle(body(""), SignalError.INVALID_REQUEST, "not_a_jws");
    }

    @Test
    void bodyOverTheLimitIsRefusedBeforeItIsRead() {
        char[] letters = new char[SignalRequest.MAX_BODY + 1];
        Arrays.fill(letters, 'a');

        refusedOfGoogle(body(new String(letters)), SignalError.INVALID_REQUEST, "body_too_long");
    }

    @Test
    void lineBreakAfterATokenIsNoHarm() {
        String token = GOOGLE.sign(google(RISC + "sessions-revoked"), header -> {});

        assertThat(hear(keycloak, AT_GOOGLE, "security-events", body(token + "\r\n")))
                .isInstanceOf(Heard.Told.class);
    }

    @Test
    void severalEventsInOneTokenAreRefused() {
        Map<String, Object> events = new LinkedHashMap<>(Map.of(RISC + "account-enabled", Map.of()));
        events.put(RISC + "sessions-revoked", Map.of());

        refusedOfGoogle(
                signed(GOOGLE, claims("https://accounts.google.com/", "events", events)),
                SignalError.INVALID_REQUEST,
                "events_not_one");
    }

    @Test
    void oldSignalIsTakenAndComesToNothing() {
        Map<String, Object> claims = google(RISC + "sessions-revoked");
        claims.put("iat", NOW - 8 * 86_400);

        assertThat(hear(keycloak, AT_GOOGLE, "security-events", signed(GOOGLE, claims)))
                .isInstanceOf(Heard.Late.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1764000301, iat_in_future",
        "-1, time_unreadable",
        "1.5, time_unreadable",
        "99999999999999999999, time_unreadable"
    })
    void timeThatCannotBeIsRefused(String issued, String detail) {
        Map<String, Object> claims = google(RISC + "sessions-revoked");
        claims.put("iat", issued.contains(".") ? Double.valueOf(issued) : new BigInteger(issued));

        refusedOfGoogle(signed(GOOGLE, claims), SignalError.INVALID_REQUEST, detail);
    }

    @Test
    void tokenWithoutIssueTimeOrIdIsRefused() {
        for (Map.Entry<String, String> missing :
                Map.of("iat", "iat_missing", "jti", "jti_missing").entrySet()) {
            Map<String, Object> claims = google(RISC + "sessions-revoked");
            claims.remove(missing.getKey());

            refusedOfGoogle(signed(GOOGLE, claims), SignalError.INVALID_REQUEST, missing.getValue());
        }
    }

    /** {@code exp} is not looked at: "SETs do not expire". */
    @Test
    void googlesTokensDoNotExpire() {
        Map<String, Object> claims = google(RISC + "sessions-revoked");
        claims.put("exp", NOW - 3600);

        assertThat(toldByGoogle(claims).events()).isNotEmpty();
    }

    /** As in Apple's samples: {@code events} is JSON in a text, and its time is in milliseconds. */
    private static String apple(String events) {
        return "{\"payload\":\""
                + APPLE.sign(
                        claims(
                                "https://appleid.apple.com",
                                "aud",
                                "example.app",
                                "exp",
                                NOW + 86_400,
                                "events",
                                events),
                        header -> {})
                + "\"}";
    }

    @ParameterizedTest
    @CsvSource({
        "consent-revoked, APP_DEAUTHORISED",
        "account-delete, ACCOUNT_DELETED",
        "account-deleted, ACCOUNT_DELETED",
        "email-disabled, EMAIL_RELAY_STOPPED",
        "email-enabled, EMAIL_CHANGED"
    })
    void appleSaysWhatHasBecomeOfAnAppleAccount(String type, NeutralEvent meaning) {
        String event = "{\"type\":\"" + type + "\",\"sub\":\"001234.ab.0001\",\"event_time\":1763999990123,"
                + "\"is_private_email\":\"true\",\"email\":\"x@privaterelay.appleid.com\"}";

        Signal signal = told(keycloak, AT_APPLE, "notifications", body(apple(event)));

        assertThat(signal.events()).containsExactly(meaning);
        assertThat(signal.subjects()).containsExactly("001234.ab.0001");
        assertThat(signal.time()).isEqualTo(Instant.ofEpochMilli(1_763_999_990_123L));
        assertThat(told(keycloak, AT_APPLE, "notifications", body(apple("[" + event + "]")))
                        .events())
                .containsExactly(meaning);
    }

    @Test
    void appleNotificationThatIsOverIsRefused() {
        String token = APPLE.sign(
                claims("https://appleid.apple.com", "aud", "example.app", "exp", NOW - 400, "events", "{}"),
                header -> {});

        assertRefused(
                keycloak,
                AT_APPLE,
                "notifications",
                body("{\"payload\":\"" + token + "\"}"),
                SignalError.INVALID_REQUEST,
                "expired");
    }

    @Test
    void memberThatComesTwiceIsRefused() {
        String event =
                "{\"type\":\"consent-revoked\",\"sub\":\"001234.ab.0001\",\"sub\":\"other\",\"event_time\":1763999990123}";

        assertRefused(
                keycloak,
                AT_APPLE,
                "notifications",
                body(apple(event)),
                SignalError.INVALID_REQUEST,
                "event_unreadable");
        assertRefused(
                keycloak,
                AT_APPLE,
                "notifications",
                body("{\"payload\":\"a\",\"payload\":\"b\"}"),
                SignalError.INVALID_REQUEST,
                "body_unreadable");
    }

    private static Map<String, Object> kakao(String type, String reason, String subject) {
        Map<String, Object> event = new HashMap<>(
                Map.of("subject", Map.of("subject_type", "iss-sub", "iss", "https://kauth.kakao.com", "sub", subject)));
        if (reason != null) {
            event.put("reason", reason);
        }
        return claims(
                "https://kauth.kakao.com", "sub", "1234567890", "toe", NOW - 9, "events", Map.of(OAUTH + type, event));
    }

    private Signal toldByKakao(Map<String, Object> claims) {
        return told(
                keycloak,
                AT_KAKAO,
                "account-state",
                signed(KAKAO, claims, header -> header.put("typ", "secevent+jwt")));
    }

    @Test
    void kakaoSaysWhyAnAccountIsUnlinked() {
        assertThat(toldByKakao(kakao("user-unlinked", "ACCOUNT_DELETE", "1234567890"))
                        .events())
                .containsExactly(NeutralEvent.ACCOUNT_DELETED);
        assertThat(toldByKakao(kakao("user-unlinked", "UNLINK_FROM_APPS", "1234567890"))
                        .events())
                .containsExactly(NeutralEvent.APP_DEAUTHORISED);
    }

    /** It is sent at sign-up: a receiver that deletes somebody at any event deletes the new user. */
    @ParameterizedTest
    @ValueSource(strings = {"user-linked", "user-scope-consent", "token-issued"})
    void kakaosNewUserIsNoSignal(String type) {
        assertThat(toldByKakao(kakao(type, null, "1234567890")).events()).isEqualTo(Set.of());
    }

    @Test
    void subjectsThatDisagreeAreRefused() {
        assertThatThrownBy(() -> toldByKakao(kakao("user-unlinked", "ACCOUNT_DELETE", "666")))
                .isInstanceOfSatisfying(SignalRefusal.class, refused -> assertThat(refused.detail())
                        .isEqualTo("subjects_disagree"));
    }

    @Test
    void whatIsToldAgainHasTheSameId() {
        Map<String, Object> again = google(RISC + "sessions-revoked");
        again.put("iat", NOW - 4);
        Map<String, Object> other = google(RISC + "sessions-revoked");
        other.put("jti", "id-2");

        String id = toldByGoogle(google(RISC + "sessions-revoked")).id();

        assertThat(toldByGoogle(again).id()).isEqualTo(id);
        assertThat(toldByGoogle(other).id()).isNotEqualTo(id);
    }

    @Test
    void keysThatCannotBeLoadedAreNoFaultOfTheTransmitters() {
        assertThatThrownBy(() -> hear(
                        Signals.at(NOW),
                        AT_GOOGLE,
                        "security-events",
                        signed(GOOGLE, google(RISC + "sessions-revoked"))))
                .isInstanceOfSatisfying(
                        ExchangeException.class,
                        later -> assertThat(later.error().isTemporary()).isTrue());
    }
}
