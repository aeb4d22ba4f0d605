package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;

class ForeignCodeTest {
    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    @Test
    void whatFailsTheSameWayEachTimeIsForTheAdministrator() {
        assertRefused(
                () -> ForeignCode.call(() -> "mapper Department", fails(new NullPointerException("ada@example.org"))),
                ExchangeError.SETUP_FAULTY,
                "mapper Department");
        assertThat(log.lines())
                .singleElement(as(STRING))
                .startsWith("ERROR: refused: reason=setup_faulty while=mapper Department")
                .contains("NullPointerException", "ForeignCodeTest.java")
                .doesNotContain("ada@example.org");
    }

    @Test
    void whatTheServerFailsAtNowIsForAnotherTry() {
        assertRefused(
                () -> ForeignCode.call(
                        () -> "step", fails(new IllegalStateException(new SQLException("no connection", "08006")))),
                ExchangeError.SERVER_BUSY,
                "database");
        assertThat(log.lines())
                .singleElement(as(STRING))
                .startsWith("WARN: not done: reason=server_busy while=step")
                .contains("SQLException")
                .doesNotContain("no connection");
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
        assertThat(log.lines()).hasSize(1);
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
