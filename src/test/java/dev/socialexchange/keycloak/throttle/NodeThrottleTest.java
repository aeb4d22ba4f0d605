package dev.socialexchange.keycloak.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Caller;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is slowed down, and who is not. */
class NodeThrottleTest {
    private static final OptionalInt SERVERS = OptionalInt.empty();
    private static final ExchangeException REFUSAL = ExchangeException.refuse(ExchangeError.TOKEN_INVALID);
    private static final Caller ATTACKER = at("198.51.100.7");

    private final AtomicLong now = new AtomicLong();
    private final NodeThrottle throttle = new NodeThrottle(Limits.DEFAULT, now::get);

    private static Caller at(String address) {
        return new Caller("realm", "spa", address);
    }

    private void fail(int times) {
        IntStream.range(0, times).forEach(i -> throttle.failed(ATTACKER, SERVERS, REFUSAL));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void hundredFailuresInAMinuteAreToldTheirReasonAndTheNextOneIsNot() {
        fail(99);
        assertThat(throttle.failed(ATTACKER, SERVERS, REFUSAL)).isSameAs(REFUSAL);

        ExchangeException throttled = throttle.failed(ATTACKER, SERVERS, REFUSAL);

        assertThat(throttled.error()).isEqualTo(ExchangeError.THROTTLED);
        assertThat(throttled.detail()).isEqualTo("failures");
        assertThat(throttled.retryAfter()).isEqualTo(1);
    }

    @Test
    void whoHasFailedTooOftenIsStillLookedAtUntilItIsTenTimesTooOften() {
        fail(990);
        assertThatCode(() -> throttle.admit(ATTACKER)).doesNotThrowAnyException();

        fail(10);

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> throttle.admit(ATTACKER))
                .satisfies(refused -> assertThat(refused.error()).isEqualTo(ExchangeError.THROTTLED));
    }

    @Test
    void nobodyElseIsSlowedDown() {
        fail(2000);

        for (Caller other : List.of(
                at("198.51.100.8"),
                new Caller("realm", "app", ATTACKER.network()),
                new Caller("another", "spa", ATTACKER.network()))) {
            assertThatCode(() -> throttle.admit(other)).doesNotThrowAnyException();
            assertThat(throttle.failed(other, SERVERS, REFUSAL)).isSameAs(REFUSAL);
        }
    }

    @Test
    void howeverManyFailuresThereWereItIsOverAfterElevenMinutes() {
        fail(100_000);

        pass(Duration.ofMinutes(2));
        assertThatCode(() -> throttle.admit(ATTACKER)).doesNotThrowAnyException();
        pass(Duration.ofMinutes(9));
        assertThat(throttle.failed(ATTACKER, SERVERS, REFUSAL)).isSameAs(REFUSAL);
    }

    @Test
    void aProvidersOwnLimitComesFirst() {
        throttle.failed(ATTACKER, OptionalInt.of(1), REFUSAL);
        assertThat(throttle.failed(ATTACKER, OptionalInt.of(1), REFUSAL).error())
                .isEqualTo(ExchangeError.THROTTLED);

        Caller tester = at("192.0.2.1");
        IntStream.range(0, 5000).forEach(i -> throttle.failed(tester, OptionalInt.of(0), REFUSAL));
        assertThat(throttle.failed(tester, OptionalInt.of(0), REFUSAL)).isSameAs(REFUSAL);
    }

    @Test
    void whatIsThrottledIsToldOnceWhenItBeginsAndOnceWhenItIsOver() {
        fail(100);

        assertThat(throttle.failed(ATTACKER, SERVERS, REFUSAL).isTold()).isTrue();
        assertThat(throttle.failed(ATTACKER, SERVERS, REFUSAL).isTold()).isFalse();
        assertThat(throttle.ended("realm")).isEmpty();
        pass(Duration.ofSeconds(20));
        assertThat(throttle.ended("realm")).isEmpty();
        pass(Duration.ofSeconds(40));
        assertThat(throttle.ended("another")).isEmpty();
        assertThat(throttle.ended("realm")).containsExactly(new Throttle.Ended(ATTACKER, "failures", 2));
        assertThat(throttle.ended("realm")).isEmpty();
    }

    @Test
    void whoComesToADoorTooOftenIsSentAwayFromThatDoor() {
        IntStream.range(0, 1200).forEach(i -> throttle.visit("nonce", ATTACKER));

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> throttle.visit("nonce", ATTACKER))
                .satisfies(refused -> assertThat(refused.detail()).isEqualTo("nonce"));
        assertThatCode(() -> throttle.visit("providers", ATTACKER)).doesNotThrowAnyException();
        assertThatCode(() -> throttle.admit(ATTACKER)).doesNotThrowAnyException();
    }

    @Test
    void aMillionAddressesTakeNoMoreRoomThanThereIs() {
        for (int address = 0; address < 1_000_000; address++) {
            throttle.failed(at("n" + address), SERVERS, REFUSAL);
        }

        assertThat(throttle.size()).isLessThanOrEqualTo(NodeThrottle.CAPACITY);
    }

    @Test
    void addressesThatAreMadeUpDoNotMakeForgottenWhoIsThrottled() {
        fail(200);
        for (int address = 0; address < 200_000; address++) {
            throttle.failed(at("n" + address), SERVERS, REFUSAL);
            if (address % 10_000 == 0) {
                fail(1);
            }
        }

        assertThat(throttle.failed(ATTACKER, SERVERS, REFUSAL).error()).isEqualTo(ExchangeError.THROTTLED);
    }
}
