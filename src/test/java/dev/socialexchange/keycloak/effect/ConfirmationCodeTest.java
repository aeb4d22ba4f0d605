package dev.socialexchange.keycloak.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.proof.SealingKeys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes of requests to be forgotten: nobody makes one up. */
class ConfirmationCodeTest {
    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5, 6};

    private static SealingKeys keys(byte[] active, byte[]... all) {
        return new SealingKeys() {
            @Override
            public byte[] active() {
                return active;
            }

            @Override
            public List<byte[]> all() {
                return List.of(all);
            }
        };
    }

    /** Meta shows it to people, and takes letters and digits. */
    @Test
    void codeIsOneOfItsRealmAsLongAsItsKeyIs() {
        ConfirmationCode code = ConfirmationCode.issue("realm", keys(OLD, OLD));

        assertThat(code.text()).matches("[0-9a-f]{64}");
        assertThat(code.isGenuine("realm", keys(NEW, NEW, OLD))).isTrue();
        assertThat(code.isGenuine("other", keys(OLD, OLD))).isFalse();
        assertThat(code.isGenuine("realm", keys(NEW, NEW))).isFalse();
        assertThat(ConfirmationCode.issue("realm", keys(OLD, OLD))).isNotEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0000000000000000000000000000000000000000000000000000000000000000"})
    void whatSomebodyMakesUpIsNone(String text) {
        assertThat(new ConfirmationCode(text).isGenuine("realm", keys(OLD, OLD)))
                .isFalse();
    }

    @Test
    void codeWithAnotherNumberIsNone() {
        String text = ConfirmationCode.issue("realm", keys(OLD, OLD)).text();
        String other = (text.charAt(0) == '0' ? '1' : '0') + text.substring(1);

        assertThat(new ConfirmationCode(other).isGenuine("realm", keys(OLD, OLD)))
                .isFalse();
    }
}
