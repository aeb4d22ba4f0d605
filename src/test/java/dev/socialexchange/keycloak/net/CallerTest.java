package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

    @Test
    void everyIpv4AddressIsSomebody() {
        assertThat(Caller.network("203.0.113.7")).isEqualTo("203.0.113.7").isNotEqualTo(Caller.network("203.0.113.8"));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff",
        "2001:db8:1:2::1, 2001:DB8:0001:0002:0:0:0:9",
        "fe80::1, fe80::2%eth0",
        "2001:db8:1:2::1, [2001:db8:1:2::7]",
        "203.0.113.7, ::ffff:203.0.113.7"
    })
    void isOneSubscriberHoweverTheAddressIsSpelled(String one, String other) {
        assertThat(Caller.network(one)).isNotEmpty().isEqualTo(Caller.network(other));
    }

    @Test
    void anotherPrefixOfIpv6IsSomebodyElse() {
        assertThat(Caller.network("2001:db8:1:2::1")).isNotEqualTo(Caller.network("2001:db8:1:3::1"));
    }

    /** A name would be looked up, at whoever runs its zone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "attacker.example",
                "_hidden",
                "abc",
                "12:34:zz",
                "1:2:3:4:5:6:7:8:9",
                "::1\n::2",
                "%"
            })
    void whatIsNoAddressIsNobodyInParticular(String text) {
        assertThat(Caller.network(text)).isEmpty();
    }

    @Test
    void whatIsTooLongIsNotEvenRead() {
        assertThat(Caller.network("1".repeat(100_000))).isEmpty();
        assertThat(Caller.network(null)).isEmpty();
    }
}
