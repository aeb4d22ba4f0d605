package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.keycloak.models.SingleUseObjectProvider;

class LinkGuardTest {
    private final Store store = new Store();
    private long now = TimeUnit.DAYS.toNanos(1);
    private int letGo;

    @Test
    void nobodyElseGetsItWhileItIsHeld() {
        String done = guard().holding(() -> {
            assertThat(guard().tryAcquire()).isFalse();
            return "linked";
        });

        assertThat(done).isEqualTo("linked");
        assertThat(guard().tryAcquire()).isTrue();
    }

    @Test
    void isGivenBackWhenTheWorkFails() {
        assertThatThrownBy(() -> guard().holding(() -> {
                    throw new IllegalStateException("flow");
                }))
                .hasMessage("flow");

        assertThat(store.entries).isEmpty();
    }

    @Test
    void doesNotRemoveTheGuardOfSomebodyElseAfterItsOwnHasLapsed() {
        guard().holding(() -> {
            now += TimeUnit.SECONDS.toNanos(31);
            store.entries.clear(); // the store has let it go
            assertThat(guard().tryAcquire()).isTrue();
            return null;
        });

        assertThat(store.entries).as("the other one's guard").hasSize(1);
    }

    @Test
    void givesItsConnectionBackBeforeItWaits() {
        guard().tryAcquire();

        assertThatThrownBy(() -> guard().holding(() -> "never"))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> {
                    assertThat(refused.error()).isEqualTo(ExchangeError.SERVER_BUSY);
                    assertThat(refused.detail()).isEqualTo("link_contended");
                });
        assertThat(letGo).isEqualTo(1);
    }

    private LinkGuard guard() {
        return new LinkGuard(store, "guard", () -> letGo++, this::passing);
    }

    /** Each look at the clock takes a second. */
    private long passing() {
        return now += TimeUnit.SECONDS.toNanos(1);
    }

    private static final class Store implements SingleUseObjectProvider {
        final Map<String, Long> entries = new HashMap<>();

        @Override
        public boolean putIfAbsent(String key, long lifespanInSeconds) {
            return entries.putIfAbsent(key, lifespanInSeconds) == null;
        }

        @Override
        public Map<String, String> remove(String key) {
            return entries.remove(key) == null ? null : Map.of();
        }

        @Override
        public void put(String key, long lifespanSeconds, Map<String, String> notes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> get(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean replace(String key, Map<String, String> notes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean contains(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
