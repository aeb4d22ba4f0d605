package dev.socialexchange.keycloak.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepFactoryTest {
    /** AUTHENTICATION_EXECUTION.AUTHENTICATOR (Keycloak 26.7). */
    private static final int COLUMN = 36;

    static Stream<StepFactory> steps() {
        return Stream.of(new AllowListAuthenticator.Factory(), new VerifiedEmailLink.Factory());
    }

    @ParameterizedTest
    @MethodSource("steps")
    void idFitsItsColumn(StepFactory step) {
        assertThat(step.getId()).hasSizeLessThanOrEqualTo(COLUMN);
    }
}
