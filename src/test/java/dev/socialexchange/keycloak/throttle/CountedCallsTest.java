package dev.socialexchange.keycloak.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Caller;
import dev.socialexchange.keycloak.net.Deadline;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.net.ProviderCalls;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often an app may ask a provider in vain. */
class CountedCallsTest {
    private static final String PROVIDER = "provider";
    private static final OptionalInt TEN = OptionalInt.of(10);

    private final AtomicLong now = new AtomicLong();
    private final NodeThrottle throttle = new NodeThrottle(Limits.DEFAULT, now::get);
    private final AtomicInteger sent = new AtomicInteger();
    private final ProviderCalls calls = (ProviderCalls) Proxy.newProxyInstance(
            ProviderCalls.class.getClassLoader(), new Class<?>[] {ProviderCalls.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("sideBySide")) {
                    sent.addAndGet(((List<?>) arguments[0]).size());
                    return List.<Outcome>of();
                }
                return null;
            });

    private ProviderCalls by(String client, String address) {
        return throttle.counted(calls, PROVIDER, TEN, new Caller("realm", client, address));
    }

    private static void ask(ProviderCalls calls, int times) {
        calls.sideBySide(Collections.<Call>nCopies(times, null), Deadline.in(Duration.ofSeconds(1), System::nanoTime));
    }

    private void inVain(String address, int times) {
        ProviderCalls attempt = by("spa", address);
        ask(attempt, times);
        attempt.refused(List.of("question"), ExchangeException.refuse(ExchangeError.TOKEN_INVALID));
    }

    private void isThrottled(ProviderCalls attempt) {
        int before = sent.get();
        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> ask(attempt, 1))
                .satisfies(refused -> assertThat(refused.error()).isEqualTo(ExchangeError.THROTTLED))
                .satisfies(refused -> assertThat(refused.detail()).isEqualTo("calls"));
        assertThat(sent).hasValue(before);
    }

    @Test
    void fromHoweverManyAddressesCallsInVainAreLimitedForTheApp() {
        for (int address = 0; address < 10; address++) {
            inVain("n" + address, 1);
        }

        isThrottled(by("spa", "another"));
        assertThatCode(() -> ask(by("other-client", "another"), 1)).doesNotThrowAnyException();
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThatCode(() -> ask(by("spa", "another"), 1)).doesNotThrowAnyException();
    }

    @Test
    void callsAboutGoodTokensDoNotCount() {
        for (int login = 0; login < 100; login++) {
            ProviderCalls attempt = by("spa", "n" + login);
            ask(attempt, 2);
            attempt.accepted();
        }

        assertThatCode(() -> ask(by("spa", "another"), 1)).doesNotThrowAnyException();
    }

    @Test
    void whereThereWereTooManyAnAddressThatHadAGoodTokenLatelyIsStillServed() {
        ProviderCalls honest = by("spa", "honest");
        ask(honest, 1);
        honest.accepted();
        inVain("attacker", 10);

        isThrottled(by("spa", "attacker"));
        assertThatCode(() -> ask(by("spa", "honest"), 1)).doesNotThrowAnyException();
    }

    @Test
    void anAttackThatGoesOnAtTheLimitIsToldOnce() {
        inVain("attacker", 10);
        for (int second = 0; second < 60; second++) {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            try {
                ask(by("spa", "attacker"), 1);
            } catch (ExchangeException throttled) {
                assertThat(throttled.isTold()).isEqualTo(second == 0);
            }
            assertThat(throttle.ended("realm")).isEmpty();
        }
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(throttle.ended("realm"))
                .extracting(Throttle.Ended::what, ended -> ended.caller().client())
                .containsExactly(tuple("calls", "spa"));
    }

    @Test
    void withoutALimitNothingIsCounted() {
        assertThat(throttle.counted(calls, PROVIDER, OptionalInt.of(0), new Caller("realm", "spa", "n")))
                .isSameAs(calls);
    }
}
