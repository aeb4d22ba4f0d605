package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;

/** Mail to a forwarded address stops and begins again, in whichever order it is told; no other address is meant. */
class StoppedMailTest {
    private static final Set<String> RELAYS = Set.of("privaterelay.appleid.com");

    private final Map<String, String> attributes = new HashMap<>();
    private String address = "abc@privaterelay.appleid.com";

    private final UserModel user = RealTypes.fake(
            UserModel.class,
            Map.of(
                    "getEmail", arguments -> address,
                    "getAttributeStream", arguments -> Stream.ofNullable(attributes.get((String) arguments[0])),
                    "setSingleAttribute", arguments -> attributes.put((String) arguments[0], (String) arguments[1])));

    @Test
    void newestWordCounts() {
        mark().stoppedAt(10).write(user);
        assertThat(StoppedMail.is(user)).isTrue();
        mark().resumedAt(20).write(user);
        assertThat(StoppedMail.is(user)).isFalse();
        mark().stoppedAt(15).write(user);
        assertThat(StoppedMail.is(user)).as("told late").isFalse();
        mark().stoppedAt(30).write(user);
        assertThat(StoppedMail.is(user)).isTrue();
    }

    @Test
    void anotherAddressIsNotMeant() {
        mark().stoppedAt(10).write(user);

        address = "def@privaterelay.appleid.com";
        assertThat(StoppedMail.is(user)).isFalse();
        address = null;
        assertThat(StoppedMail.is(user)).isFalse();
        address = "ABC@privaterelay.appleid.com";
        assertThat(StoppedMail.is(user)).isTrue();
    }

    @Test
    void onlyForwardedAddressesAreMarked() {
        address = "zoe@example.org";
        assertThat(StoppedMail.of(user, RELAYS)).isEmpty();
        address = null;
        assertThat(StoppedMail.of(user, RELAYS)).isEmpty();
    }

    @Test
    void theAddressItselfIsNotRepeated() {
        mark().stoppedAt(10).write(user);

        assertThat(attributes.get(StoppedMail.ATTRIBUTE)).doesNotContain("abc");
    }

    private StoppedMail mark() {
        return StoppedMail.of(user, RELAYS).orElseThrow();
    }
}
