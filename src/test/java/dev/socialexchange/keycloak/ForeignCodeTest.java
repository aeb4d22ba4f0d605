package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;
import org.keycloak.storage.ReadOnlyException;

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
                () -> ForeignCode.alone(
                        "step", fails(new IllegalStateException(new SQLException("no connection", "08006")))),
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
            new ModelException("flush", new SQLException("too long", "22001")),
            new PersistenceException(new SQLException("gone", "08006"))
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

    @Test
    void whatIsNoExceptionEndsHereAsWell() {
        for (Throwable thrown : new Throwable[] {
            new StackOverflowError(),
            new NoClassDefFoundError("com/example/Absent"),
            new AssertionError(),
            new IOException()
        }) {
            assertRefused(
                    () -> ForeignCode.call(() -> "mapper", failsAnyhow(thrown)), ExchangeError.SETUP_FAULTY, "mapper");
            assertRefused(
                    () -> ForeignCode.request("exchange", failsAnyhow(thrown)), ExchangeError.SETUP_FAULTY, "exchange");
            ForeignCode.aside("event store", failsAnyhow(thrown)::get);
        }
        assertThat(log.lines()).hasSize(12).allSatisfy(line -> assertThat(line).startsWith("ERROR: "));
    }

    @Test
    void serverWithoutMemoryIsNotGoneOnWith() {
        OutOfMemoryError fatal = new OutOfMemoryError();

        assertThatThrownBy(() -> ForeignCode.call(() -> "mapper", failsAnyhow(fatal)))
                .isSameAs(fatal);
        assertThatThrownBy(() -> ForeignCode.aside("event store", failsAnyhow(fatal)::get))
                .isSameAs(fatal);
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        RuntimeException first = new RuntimeException();
        first.initCause(new IllegalStateException(first));

        assertRefused(() -> ForeignCode.call(() -> "mapper", fails(first)), ExchangeError.SETUP_FAULTY, "mapper");
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void storageThatIsReadOnlyIsNamed() {
        assertRefused(
                () -> ForeignCode.call(
                        () -> "mapper", fails(new IllegalStateException(new ReadOnlyException("ada@example.org")))),
                ExchangeError.SETUP_FAULTY,
                "mapper: user_storage_read_only");
        assertThat(log.lines()).singleElement(as(STRING)).doesNotContain("ada@example.org");
    }

    @Test
    void profileThatKeycloaksProviderClassesCannotReadIsTheProviders() {
        assertRefused(
                () -> ForeignCode.request("exchange", fails(new IdentityBrokerException("ada@example.org"))),
                ExchangeError.PROVIDER_UNAVAILABLE,
                "identity_unusable");
    }

    private static Supplier<String> failsAnyhow(Throwable thrown) {
        return () -> ForeignCodeTest.<RuntimeException, String>sneaky(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable, R> R sneaky(Throwable thrown) throws T {
        throw (T) thrown;
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
