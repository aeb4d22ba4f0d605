package dev.socialexchange.keycloak.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github"})
    void readsShippedDescriptorsThatBindAccessTokens(String id) {
        Descriptor descriptor = DescriptorReader.resource(id);

        assertThat(descriptor.id()).isEqualTo(id);
        assertThat(descriptor.provable()).contains(TokenKind.ACCESS_TOKEN, TokenKind.AUTHORIZATION_CODE);
    }

    @Test
    void namesSourcePlaceAndMistakeOfUnknownKey() {
        assertThatThrownBy(() -> read("id: x\nidentity:\n  id: /id\n  mail: /email\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x.yaml, line 4: identity.mail: unknown key")
                .hasMessageContaining("mail");
    }

    @Test
    void refusesCallWithoutMethod() {
        assertThatThrownBy(() -> read("id: x\nidentity: {id: /id}\naccessToken:\n  profile: {auth: bearer}\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 4: accessToken.profile: has either get or post");
    }

    @Test
    void refusesBindingThatDoesNotSayWhereTheClientIdIs() {
        assertThatThrownBy(
                        () -> read("id: x\nidentity: {id: /id}\naccessToken:\n  binding: {call: {get: https://x}}\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("accessToken.binding: clientId is missing");
    }

    @Test
    void readsTheThreeKindsOfBindings() {
        assertThat(binding("{call: {get: 'https://a.example'}, clientId: /a}")).isInstanceOf(Binding.Called.class);
        assertThat(binding("{call: {get: 'https://a.example'}, decoded: false, introspection: false, clientId: /a}"))
                .isInstanceOf(Binding.Called.class);
        assertThat(binding("{call: {get: 'https://a.example'}, introspection: true, clientId: /a}"))
                .isInstanceOf(Binding.Introspected.class);
        assertThat(binding("{decoded: true, clientId: /a}")).isInstanceOf(Binding.Decoded.class);
    }

    /** Nothing that stands in a file is left out of what is checked. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{decoded: true, introspection: true, clientId: /a} | has either introspection or decoded",
                "{decoded: true, call: {get: 'https://a.example'}, clientId: /a} | call: does not go with what else stands here",
                "{introspection: true, clientId: /a} | call is missing",
                "{clientId: /a} | call is missing",
                "{call: {get: 'https://a', post: 'https://a'}, clientId: /a} | has either get or post",
                "{call: {get: 'https://a', form: {a: b}}, clientId: /a} | form: does not go with what else stands here",
                "{call: {get: 'https://a', auth: post}, clientId: /a} | auth: post needs a post",
                "{decoded: perhaps, clientId: /a} | decoded: \"perhaps\" is not true or false"
            })
    void refusesBindingOfTwoKinds(String binding, String message) {
        assertThatThrownBy(() -> binding(binding))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("x.yaml, line 3: accessToken.binding")
                .hasMessageContaining(message);
    }

    @Test
    void readsNumbersAndTruthValuesAsTheTextThatIsWritten() {
        CallTemplate call = read("id: x\nidentity: {id: /id}\n"
                        + "revocation: {post: 'https://a.example', form: {a: 0x10, b: 1.0, c: true}, require: {/code: 0}}\n")
                .revocation()
                .orElseThrow();

        assertThat(call.target())
                .isEqualTo(new CallTemplate.Post(
                        "https://a.example", Map.of("a", "0x10", "b", "1.0", "c", "true"), Map.of()));
        assertThat(call.require()).isEqualTo(Map.of("/code", "0"));
    }

    @Test
    void whatIsLeftOutSaysWhatTheSchemaSays() {
        Descriptor descriptor = read("id: x\nidentity: {id: /id}\nrevocation: {post: 'https://a.example'}\n");

        assertThat(descriptor.name()).isEqualTo("x");
        assertThat(descriptor.vouching())
                .isEqualTo(new Descriptor.Vouching(EmailTrust.NEVER, Set.of(), false, false, Set.of()));
        assertThat(descriptor.revocation().orElseThrow().refused()).containsExactly(400, 401, 403);
        assertThat(descriptor.provable()).isEmpty();
        assertThat(descriptor.identity().inIdToken())
                .isSameAs(descriptor.identity().profile());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{initials: ABC, colour: '#123456'} | initials are one or two",
                "{initials: '<b', colour: '#123456'} | initials are one or two",
                "{initials: A, colour: red} | a colour has six",
                "{initials: A, colour: '#12345;'} | a colour has six",
                "{initials: A} | colour is missing"
            })
    void refusesMarkThatIsMoreThanOne(String mark, String message) {
        assertThatThrownBy(() -> read("id: x\nidentity: {id: /id}\nmark: " + mark + "\n"))
                .hasMessageStartingWith("x.yaml, line 3: mark: ")
                .hasMessageContaining(message);
    }

    private static Binding binding(String yaml) {
        return read("id: x\nidentity: {id: /id}\naccessToken: {binding: " + yaml + "}\n")
                .accessToken()
                .flatMap(AccessTokenRules::binding)
                .orElseThrow();
    }

    @Test
    void refusesSymmetricSignaturesThatNobodyVerifiesForUs() {
        assertThatThrownBy(
                        () -> read(
                                "id: x\nidentity: {id: /sub}\nidToken: {issuers: [https://x], jwksUrl: https://x, algorithms: [HS256]}\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("symmetric");
    }

    @Test
    void refusesOtherNamesForParametersThatHaveOne() {
        assertThatThrownBy(() -> read("id: x\nidentity: {id: /id}\noauth2: {parameters: {code: ticket}}\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("client_id");
    }

    @Test
    void readsOneValueOrSeveralByWhichACodeIsRefused() {
        CodeRules.Errors errors = read("id: x\nidentity: {id: /id}\n"
                        + "authorizationCode: {refused: {/error: bad, /code: [\"1\", \"2\"]}}\n")
                .authorizationCode()
                .orElseThrow()
                .errors();

        assertThat(errors.refused()).isEqualTo(Map.of("/error", Set.of("bad"), "/code", Set.of("1", "2")));
    }

    @Test
    void profileThatNeedsMoreThanTheTokenDoesNotOpenWithItAlone() {
        assertThat(DescriptorReader.resource("wechat").opensWithAccessTokenAlone())
                .isFalse();
        assertThat(DescriptorReader.resource("tiktok").opensWithAccessTokenAlone())
                .isTrue();
        assertThat(DescriptorReader.resource("telegram").opensWithAccessTokenAlone())
                .isFalse();
    }

    private static Descriptor read(String yaml) {
        return DescriptorReader.read(yaml.getBytes(StandardCharsets.UTF_8), "x.yaml")
                .descriptor();
    }
}
