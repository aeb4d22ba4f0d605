package dev.socialexchange.keycloak.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions of signals that could not mean anything, or would take what nobody has proven. */
class SignalRulesTest {
    private static final String SIGNATURE = "signature: {at: /header/x-signature}";
    private static final String REST = "subject: /body/id, event: account-deleted";

    private static Descriptor described(String signal) {
        String yaml = "id: x\nidentity: {id: /id}\nsignals:\n  said: {" + signal + "}\n";
        return DescriptorReader.read(yaml.getBytes(StandardCharsets.UTF_8), "x.yaml")
                .descriptor();
    }

    @Test
    void leastThatCanBeSaid() {
        SignalRules rules = described(SIGNATURE + ", " + REST).signals().get("said");

        assertThat(rules.answer().status()).isEqualTo(202);
        assertThat(rules.places().maxAge()).isEqualTo(7 * 86_400);
        assertThat(((SignalProof.Signed) rules.proof()).signature().secret()).isEqualTo(BodySignature.Secret.CLIENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subject: /body/id, event: account-deleted | has either token or signedRequest or signature",
                "signature: {at: /header/x}, subject: /body/id | has either event or type",
                "signature: {at: /header/x}, event: account-deleted | subject is missing",
                "signature: {at: /header/x}, subject: /body/id, event: account-gone | is not one of",
                "signature: {at: /header/x, format: sha256}, subject: /body/id, event: account-deleted | {signature}",
                "signature: {at: [/header/x, /header/y]}, subject: /body/id, event: account-deleted | one place",
                "signature: {at: /header/x, text: '{other}'}, subject: /body/id, event: account-deleted | pointer",
                "signature: {at: /header/x, encrypted: /body/id}, subject: /body/id, event: account-deleted | key: md5",
                "token: {}, subject: /event/sub, type: /type, events: {x: account-deleted} | subjectIssuer",
                "token: {algorithms: [HS256]}, subject: /event/sub, event: account-deleted | asymmetric",
                "signedRequest: r, subject: /id, event: account-deleted, handshake: {when: {/a: b}, json: {c: '{signed:/d}'}} | only an HMAC",
                "signature: {at: /header/x}, subject: /body/id, event: account-deleted, handshake: {when: {}} | handshake",
                "signature: {at: /header/x}, subject: /body/id, event: account-deleted, answer: {status: 500} | status is 200"
            })
    void mistakeIsNamedWithItsLine(String signal, String message) {
        assertThatThrownBy(() -> described(signal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("x.yaml, line ")
                .hasMessageContaining(message);
    }

    /** It becomes a part of an address. */
    @ParameterizedTest
    @ValueSource(strings = {"Said", "a/b", "1st", "''"})
    void addressHasAPlainName(String name) {
        String yaml = "id: x\nidentity: {id: /id}\nsignals:\n  " + name + ": {" + SIGNATURE + ", " + REST + "}\n";

        assertThatThrownBy(() -> DescriptorReader.read(yaml.getBytes(StandardCharsets.UTF_8), "x.yaml"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
