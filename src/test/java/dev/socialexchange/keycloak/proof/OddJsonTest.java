package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.JsonPlaces;
import dev.socialexchange.keycloak.OddJson;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Deadline;
import dev.socialexchange.keycloak.provider.AppRegistration;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.type.ProviderTypes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.util.JWKSUtils;

/** Odd JSON wherever a proof reads JSON: in tokens, signed data, a first login's names, key sets and providers' answers. */
class OddJsonTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"1\"}";
    private static final String CLAIMS = "{\"iss\":\"https://issuer.example\",\"sub\":\"1\",\"exp\":9999999999}";
    private static final List<String> TIMES = List.of("exp", "iat", "nbf");

    @ParameterizedTest
    @ValueSource(strings = {"alg", "kid", "typ", "x5c", "jwk", "crit", "anything"})
    void aHeaderIsReadOrTheTokenIsNone(String name) {
        OddJson.in("{\"alg\":\"ES256\",\"" + name + "\":" + OddJson.PLACE + "}").forEach(header -> {
            Optional<SignedToken> token = parsed(header, CLAIMS);
            if (StrictJson.read(header).isEmpty()) {
                assertThat(token).as(head(header)).isEmpty(); // "alg" is there twice, for one
            }
            token.ifPresent(OddJsonTest::lookAt);
        });
    }

    @Test
    void aHeaderWithANameThatComesTwiceIsNone() {
        assertThat(parsed("{\"alg\":\"ES256\",\"alg\":\"none\"}", CLAIMS)).isEmpty();
        assertThat(parsed("{\"alg\":\"ES256\",\"kid\":\"1\",\"\\u006bid\":\"2\"}", CLAIMS))
                .isEmpty();
        assertThat(parsed(HEADER, CLAIMS)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud", "azp", "exp", "iat", "nbf", "nonce", "typ", "anything"})
    void claimsAreReadOrTheTokenIsNone(String name) {
        OddJson.in("{\"" + name + "\":" + OddJson.PLACE + "}").forEach(claims -> {
            Optional<SignedToken> token = parsed(HEADER, claims);
            assertThat(token.isPresent())
                    .as(head(claims))
                    .isEqualTo(StrictJson.read(claims).isPresent());
            token.ifPresent(OddJsonTest::lookAt);
        });
    }

    @Test
    void headersAndClaimsInAnotherEncodingAreNone() {
        OddJson.brokenFormsOf(HEADER)
                .forEach((what, header) -> assertThat(SignedToken.parse(compact(header, utf8(CLAIMS))))
                        .as(what)
                        .isEmpty());
        OddJson.brokenFormsOf(CLAIMS)
                .forEach((what, claims) -> assertThat(SignedToken.parse(compact(utf8(HEADER), claims)))
                        .as(what)
                        .isEmpty());
    }

    @Test
    void signedDataIsReadOrRefused() {
        Stream.concat(
                        OddJson.values(),
                        OddJson.in(
                                "{\"id\":" + OddJson.PLACE + ",\"auth_date\":1,\"hash\":\"" + "0".repeat(64) + "\"}"))
                .forEach(OddJsonTest::readOrRefused);
        OddJson.in("{\"id\":" + OddJson.PLACE + "}")
                .map(user -> "user=" + Call.encode(user) + "&auth_date=1&hash=" + "0".repeat(64))
                .forEach(OddJsonTest::readOrRefused);
    }

    private static void readOrRefused(String data) {
        assertTimeoutPreemptively(SOON, () -> {
            try {
                JsonNode person = TelegramData.parse(data).person();
                assertThat(person.isObject()).isTrue();
            } catch (ExchangeException refused) {
                assertThat(refused.error().reason()).isEqualTo("token_invalid");
            }
        });
    }

    @Test
    void namesOfAFirstLoginAreReadOrRefused() {
        Descriptor apple = ProviderTypes.all().get("apple").descriptor();
        Evidence proven = new Evidence.IdTokenClaims(StrictJson.read(CLAIMS).orElseThrow());
        for (String name : List.of("firstName", "lastName", "middleName")) {
            OddJson.in("{\"name\":{\"" + name + "\":" + OddJson.PLACE + "}}").forEach(user -> {
                Evidence introduced = UnsignedNames.addTo(apple, user, proven);
                assertThat(introduced.document()).isSameAs(proven.document());
                boolean accepted = isAccepted(apple, user);
                assertThat(accepted)
                        .as(head(user))
                        .isEqualTo(
                                user.length() <= 2048 && StrictJson.read(user).isPresent());
            });
        }
    }

    private static boolean isAccepted(Descriptor descriptor, String user) {
        try {
            UnsignedNames.requireAccepted(
                    descriptor, new Submission(TokenKind.ID_TOKEN, "token", null, null, null, null, user, Map.of()));
            return true;
        } catch (ExchangeException refused) {
            assertThat(refused.error().reason()).isEqualTo("parameter_invalid");
            return false;
        }
    }

    /** Nothing but keys, or an answer that says the provider's key set cannot be used now. */
    @ParameterizedTest
    @ValueSource(strings = {"kty", "kid", "use", "alg", "crv", "x", "y", "n", "e", "x5c", "issuer", "key_ops", "exp"})
    void keySetsAreReadOrUnavailable(String name) {
        String key = "\"kid\":\"1\",\"use\":\"sig\",\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"";
        String others = key.replaceAll(",?\"" + name + "\":\"[^\"]*\"", "").replaceAll("^,", "");
        Stream.of(
                        OddJson.in("{\"keys\":[{\"" + name + "\":" + OddJson.PLACE + "," + others + "}]}"),
                        OddJson.in("{\"keys\":[{" + key + "}," + OddJson.PLACE + "]}"),
                        OddJson.in("{\"keys\":" + OddJson.PLACE + "}"),
                        OddJson.values())
                .flatMap(documents -> documents)
                .map(StrictJson::read)
                .flatMap(Optional::stream)
                .forEach(OddJsonTest::keysOrUnavailable);
    }

    @SuppressWarnings("deprecation") // as the loader asks for them
    private static void keysOrUnavailable(JsonNode document) {
        try {
            JSONWebKeySet keySet = KeySetLoader.keySet(document);
            assertThat(keySet.getKeys()).doesNotContainNull();
            assertThat(JWKSUtils.getKeyWrappersForUse(keySet, JWK.Use.SIG, true).getKeys())
                    .isNotNull();
        } catch (ExchangeException unavailable) {
            assertThat(unavailable.detail()).isEqualTo("keys_unreadable");
        }
    }

    static Stream<ExchangeIdentityProvider> bound() {
        return ProviderTypes.all().values().stream()
                .filter(provider -> binding(provider).isPresent());
    }

    @ParameterizedTest
    @MethodSource("bound")
    void aBindingAnswerBindsOrRefuses(ExchangeIdentityProvider provider) {
        Binding binding = binding(provider).orElseThrow();
        ProofContext context = context(provider);
        Stream.of(
                        binding.app().clientId().all().stream(),
                        binding.answer().subject().all().stream(),
                        binding.answer().expiresAt().all().stream(),
                        binding.answer().expiresIn().all().stream(),
                        binding.answer().require().keySet().stream().map(JsonPointer::compile),
                        Stream.of("/token_type", "/typ", "/anything").map(JsonPointer::compile))
                .flatMap(places -> places)
                .forEach(place -> OddJson.values()
                        .map(value -> answer(binding, place, value))
                        .map(StrictJson::read)
                        .flatMap(Optional::stream)
                        .forEach(answer -> bindsOrRefuses(context, binding, answer)));
    }

    private static Optional<Binding> binding(ExchangeIdentityProvider provider) {
        return provider.descriptor().accessToken().flatMap(AccessTokenRules::binding);
    }

    private static ProofContext context(ExchangeIdentityProvider provider) {
        return new ProofContext(
                new OfflineKeycloak(),
                provider,
                provider.descriptor(),
                provider.settings(),
                new AppRegistration("our-client", "secret", Set.of()),
                provider.endpoints(),
                Deadline.in(SOON, System::nanoTime));
    }

    /** As the binding wants it, but for one place. */
    private static String answer(Binding binding, JsonPointer odd, String value) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        binding.answer().require().forEach((place, required) -> put(answer, JsonPointer.compile(place), required));
        binding.app()
                .clientId()
                .all()
                .forEach(place -> put(answer, place, binding.app().prefix() + "our-client"));
        binding.answer().subject().all().forEach(place -> put(answer, place, "1"));
        put(answer, odd, "\u0001");
        return answer.toString().replace("\"\\u0001\"", value);
    }

    private static void put(ObjectNode answer, JsonPointer place, String value) {
        JsonPlaces.put(answer, place, JsonNodeFactory.instance.textNode(value));
    }

    private static void bindsOrRefuses(ProofContext context, Binding binding, JsonNode answer) {
        BindingCheck check = new BindingCheck(context, binding);
        try {
            check.require(ProviderVerdict.opened(answer), ProviderVerdict.opened(answer));
            check.requireSameSubject(answer, "1");
            assertThat(check.expiry(answer).orElse(1)).isPositive();
        } catch (ExchangeException refused) {
            assertThat(refused.error().reason()).isNotBlank();
        }
    }

    private static void lookAt(SignedToken token) {
        assertTimeoutPreemptively(SOON, () -> {
            assertThat(token.algorithm() + token.signingInput() + token.text("iss") + token.audience())
                    .isNotBlank();
            for (String claim : TIMES) {
                assertThat(token.time(claim)).isNotNull();
            }
            try {
                token.requireValid(1, 10);
            } catch (ExchangeException refused) {
                assertThat(refused.error().reason()).isIn("token_invalid", "token_expired");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "=.=.=", "=.e30.", "e30", "e30.", ".e30.", "e30.=.=", "%.%.%", "e+0.e30.AAAA"})
    void whatIsNotThreePartsInBase64IsNoToken(String text) {
        assertThat(SignedToken.parse(text)).isEmpty();
    }

    private static Optional<SignedToken> parsed(String header, String claims) {
        return SignedToken.parse(compact(utf8(header), utf8(claims)));
    }

    private static String compact(byte[] header, byte[] claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(header) + '.' + base64.encodeToString(claims) + ".AAAA";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String head(String text) {
        return text.substring(0, Math.min(80, text.length()));
    }
}
