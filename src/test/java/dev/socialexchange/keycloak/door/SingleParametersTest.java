package dev.socialexchange.keycloak.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.junit.jupiter.api.Test;

class SingleParametersTest {
    private final MultivaluedMap<String, String> form = new MultivaluedHashMap<>();

    @Test
    void takesWhatTheTokenEndpointTakes() {
        form.add("subject_token", "t".repeat(20_000));
        form.add("nonce", "n".repeat(4_000));

        assertThat(SingleParameters.of(form)).isSameAs(form);
    }

    @Test
    void refusesParameterThatComesTwice() {
        form.add("nonce", "n");
        form.add("nonce", "n");
        assertRefused();
    }

    @Test
    void refusesTokenThatIsTooLong() {
        form.add("subject_token", "t".repeat(20_001));
        assertRefused();
    }

    @Test
    void refusesOtherParameterThatIsTooLong() {
        form.add("nonce", "n".repeat(4_001));
        assertRefused();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> SingleParameters.of(form))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.error())
                        .isEqualTo(ExchangeError.PARAMETER_INVALID));
    }
}
