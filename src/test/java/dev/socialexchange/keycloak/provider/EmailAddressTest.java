package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, ada@EXAMPLE.org",
        "ada@example.org, ADA@example.org",
        "ada@xn--bcher-kva.example, ada@bücher.example",
        "ada@xn--bcher-kva.example, ada@BÜCHER.example",
    })
    void spellingsOfOneAddressAreEqual(String one, String other) {
        assertThat(EmailAddress.parse(one)).isPresent().isEqualTo(EmailAddress.parse(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "@example.org",
                "ada@",
                "ada@evil.example@example.org",
                "\"ada@evil.example\"@example.org",
                "ada @example.org",
                "ada@example.org\n",
                "ada@example.org,eve@evil.example",
                "<ada@example.org>",
                "ada@[127.0.0.1]",
                "ada@example.org.",
                "ada@-example.org",
                "ada@example..org",
                "ada@stra\u00dfe.example",
                "ada@ban\u212a.example",
                "ada@\uff45xample.org",
                "ada@example\u3002org",
                "ada@exa\u200dmple.org",
            })
    void whatAnotherReaderCouldReadDifferentlyIsNoAddress(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @Test
    void kelvinSignIsNoK() {
        assertThat(EmailAddress.same("miKe@example.org", "MIKE@example.org")).isTrue();
        assertThat(EmailAddress.same("mi\u212ae@example.org", "mike@example.org"))
                .isFalse();
        assertThat(EmailAddress.same("m\u0131ke@example.org", "mike@example.org"))
                .isFalse();
        assertThat(EmailAddress.same(null, null)).isFalse();
    }
}
