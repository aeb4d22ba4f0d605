package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;

class ForeignCodeTest {

    @Test
    void whatFailsTheSameWayEachTimeIsForTheAdministrator() {
        assertRefused(
                () -> ForeignCode.call(() -> "mapper Department", fails(new NullPointerException("ada@example.org"))),
                ExchangeError.SETUP_FAULTY,
                "mapper Department");
    }

    @Test
    void whatTheServerFailsAtNowIsForAnotherTry() {
        assertRefused(
                () -> ForeignCode.call(
                        () -> "step", fails(new IllegalStateException(new SQLException("no connection", "08006")))),
                ExchangeError.SERVER_BUSY,
                "database");
    }

    @Test
    void whatMeansSomethingAlreadyIsPassedOn() {
        for (RuntimeException meant : new RuntimeException[] {
            ExchangeException.busy("x"),
            new ModelDuplicateException("username"),
            new AuthenticationFlowException(AuthenticationFlowError.ACCESS_DENIED)
        }) {
            assertThatThrownBy(() -> ForeignCode.call(() -> "step", fails(meant)))
                    .isSameAs(meant);
        }
    }

    @Test
    void aloneNothingIsPassedOnButRefusals() {
        assertRefused(
                () -> ForeignCode.alone("continuation", fails(new ModelException("x"))),
                ExchangeError.SETUP_FAULTY,
                "continuation");
        ExchangeException refusal = ExchangeException.busy("x");
        assertThatThrownBy(() -> ForeignCode.alone("continuation", fails(refusal)))
                .isSameAs(refusal);
    }

    private static Supplier<String> fails(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }

    private static void assertRefused(ThrowingCallable code, ExchangeError error, String detail) {
        assertThatThrownBy(code).isInstanceOfSatisfying(ExchangeException.class, refused -> {
            assertThat(refused.error()).isEqualTo(error);
            assertThat(refused.detail()).isEqualTo(detail);
            assertThat(refused.getMessage()).doesNotContain("ada@example.org");
        });
    }
}
