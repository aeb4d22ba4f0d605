package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.DemoProviders;
import dev.socialexchange.keycloak.loopback.Exchanged;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Id tokens that the provider has not signed. */
class IdTokenForgeryTest {

    @ParameterizedTest
    @CsvSource({
        "none, algorithm_not_allowed",
        "HS256, algorithm_not_allowed", // with the public key as its secret
        "HS512, algorithm_not_allowed"
    })
    void refusesAlgorithmThatProvesNothing(String algorithm, String detail) {
        for (String like : List.of("google", "acme", "partner")) {
            String token = mint(like, Loopback.newPerson(), header -> header.put("alg", algorithm));
            refuses(like, token, "token_invalid", "token_invalid: " + detail);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "None", "XS256", ""})
    void refusesAlgorithmThatDoesNotExist(String algorithm) {
        String[] parts = mint("acme", Loopback.newPerson(), header -> {}).split("\\.");
        refusesMalformed("acme", encode("{\"alg\":\"" + algorithm + "\"}") + "." + parts[1] + "." + parts[2]);
        refusesMalformed("acme", encode("{\"alg\":\"" + algorithm + "\"}") + "." + parts[1] + ".");
    }

    @Test
    void refusesAlgorithmThatGoogleDoesNotUse() {
        refuses(
                "google",
                mint("google", Loopback.newPerson(), header -> header.put("alg", "RS512")),
                "token_invalid",
                "token_invalid: algorithm_not_allowed");
    }

    @Test
    void refusesKeyOfAnotherTypeThanTheAlgorithms() {
        OpenIdProvider acme = DemoProviders.openId("acme");
        refuses(
                "acme",
                mint("acme", Loopback.newPerson(), header -> header.put("kid", acme.keyId("RS256"))),
                "token_invalid",
                "token_invalid: key_unknown");
    }

    @Test
    void refusesKeyThatTheProviderDoesNotPublish() {
        refuses(
                "acme",
                mint("acme", Loopback.newPerson(), header -> header.put("kid", "unheard-of")),
                "token_invalid",
                "token_invalid: key_unknown");
    }

    @Test
    void refusesSignatureByAnotherProvidersKey() {
        OpenIdProvider google = DemoProviders.openId("google");
        OpenIdProvider partner = DemoProviders.openId("partner");
        String forged = partner.idToken(
                google.clientId(),
                Loopback.newPerson(),
                claims -> {
                    claims.put("iss", google.issuer());
                    claims.remove("typ");
                },
                header -> header.put("kid", google.keyId("RS256")));

        refuses("google", forged, "token_invalid", "token_invalid: signature_invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://acme.example/", "http://acme.example", "https://ACME.example", "https://evil.example"})
    void refusesIssuerThatIsNotTheConfiguredOneLetterByLetter(String issuer) {
        OpenIdProvider acme = DemoProviders.openId("acme");
        String token = acme.idToken(acme.clientId(), Loopback.newPerson(), claims -> claims.put("iss", issuer));
        refuses("acme", token, "issuer_mismatch", "issuer_mismatch");
    }

    @Test
    void refusesTokenWithoutIssuer() {
        OpenIdProvider acme = DemoProviders.openId("acme");
        refuses(
                "acme",
                acme.idToken(acme.clientId(), Loopback.newPerson(), claims -> claims.remove("iss")),
                "issuer_mismatch",
                "issuer_mismatch");
    }

    @Test
    void refusesClaimsThatWereChangedAfterSigning() {
        String[] parts = mint("google", Loopback.newPerson(), header -> {}).split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = encode(payload.replaceFirst("\"sub\":\"\\d+\"", "\"sub\":\"1\""));
        refuses(
                "google",
                parts[0] + "." + changed + "." + parts[2],
                "token_invalid",
                "token_invalid: signature_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AA", "AAAA", "%s%s", "zeros"})
    void refusesSignatureOfNoUsableLength(String signature) {
        for (String like : List.of("google", "acme")) {
            String[] parts = mint(like, Loopback.newPerson(), header -> {}).split("\\.");
            String forged = signature.equals("zeros")
                    ? Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64])
                    : signature.formatted(parts[2], parts[2]);
            refuses(
                    like,
                    parts[0] + "." + parts[1] + "." + forged,
                    "token_invalid",
                    "token_invalid: signature_invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "1", "\"x\"", "{}", "{\"alg\":null}", "{\"alg\":{}}", "no json"})
    void refusesHeaderThatIsNone(String header) {
        String[] parts = mint("google", Loopback.newPerson(), unchanged -> {}).split("\\.");
        refusesMalformed("google", encode(header) + "." + parts[1] + "." + parts[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "no json", ""})
    void refusesClaimsThatAreNoObject(String claims) {
        String[] parts = mint("google", Loopback.newPerson(), header -> {}).split("\\.");
        refusesMalformed("google", parts[0] + "." + encode(claims) + "." + parts[2]);
    }

    @Test
    void refusesClaimsInAnEncodingThatIsBroken() {
        byte[] brokenUtf32 = {0, 0, 0, '{', 0x7f, -1, -1, -1};
        String[] parts = mint("google", Loopback.newPerson(), header -> {}).split("\\.");
        String claims = Base64.getUrlEncoder().withoutPadding().encodeToString(brokenUtf32);
        refusesMalformed("google", parts[0] + "." + claims + "." + parts[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ".", "..", "a.b", "a.b.c.d.e", "eyJhbGciOiJSUzI1NiJ9", "!!!.!!!.!!!"})
    void refusesWhatIsNoJwt(String token) {
        refusesMalformed("google", token);
    }

    /** The header's places for keys (RFC 7515 §4.1.2-6) are an attacker's to fill. */
    @Test
    void neverCallsKeyUrlsInTheHeader() {
        String evil = Loopback.providers().url() + "/www.googleapis.com/" + Loopback.unique("evil");
        String token = mint("acme", Loopback.newPerson(), header -> {
            header.put("kid", "unheard-of");
            header.put("jku", evil);
            header.put("x5u", evil);
            header.put("jwk", Map.of("kty", "oct", "k", "AAAA"));
        });

        refuses("acme", token, "token_invalid", "token_invalid: key_unknown");

        assertThat(Loopback.providers().requests(null, null))
                .noneMatch(request -> evil.endsWith(request.host() + request.path()));
    }

    private static void refusesMalformed(String like, String token) {
        Exchanged exchanged = Loopback.idToken(DemoProviders.like(like), token);
        assertThat(exchanged.reason()).as(exchanged.event()).isIn("token_invalid", "issuer_mismatch");
        exchanged.assertRefused(400, "invalid_request", exchanged.reason());
    }

    private static void refuses(String like, String token, String reason, String event) {
        Loopback.idToken(DemoProviders.like(like), token).assertRefused(reason, event);
    }

    private static String mint(String like, Person person, Consumer<Map<String, Object>> header) {
        OpenIdProvider provider = DemoProviders.openId(like);
        return provider.idToken(provider.clientId(), person, claims -> {}, header);
    }

    private static String encode(String part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8));
    }
}
