package dev.socialexchange.keycloak.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                .hasMessageContaining("a call has either get or post");
    }

    @Test
    void refusesBindingThatDoesNotSayWhereTheClientIdIs() {
        assertThatThrownBy(
                        () -> read("id: x\nidentity: {id: /id}\naccessToken:\n  binding: {call: {get: https://x}}\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("client id");
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
        CodeRules code = read("id: x\nidentity: {id: /id}\n"
                        + "authorizationCode: {refused: {/error: bad, /code: [\"1\", \"2\"]}}\n")
                .authorizationCode();

        assertThat(code.refused()).isEqualTo(Map.of("/error", Set.of("bad"), "/code", Set.of("1", "2")));
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
