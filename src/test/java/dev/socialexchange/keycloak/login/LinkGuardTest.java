package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Once;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LinkGuardTest {
    private final WaitingLines lines = new WaitingLines(LinkGuard.MAX_WAITING);
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

    @Test
    void nobodyStaysLockedOutOnceTheStoreAnswersAgain() {
        store.silent = true;

        assertThatThrownBy(() -> guard().holding(() -> "never"))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.error())
                        .isEqualTo(ExchangeError.SERVER_BUSY));

        store.silent = false;
        assertThat(guard().holding(() -> "linked")).isEqualTo("linked");
    }

    @Test
    void whoWaitsForANodeThatDiedDoesNotKeepAThreadForLong() {
        guard().tryAcquire(); // and is never heard of again
        long before = now;

        assertThatThrownBy(() -> guard().holding(() -> "never"))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.error())
                        .isEqualTo(ExchangeError.SERVER_BUSY));

        assertThat(TimeUnit.NANOSECONDS.toSeconds(now - before)).isLessThanOrEqualTo(4);
    }

    private LinkGuard guard() {
        return new LinkGuard(lines, store, "guard", () -> letGo++, this::passing);
    }

    /** Each look at the clock takes a second. */
    private long passing() {
        return now += TimeUnit.SECONDS.toNanos(1);
    }

    /** As of the cluster: a claim is somebody's. */
    private static final class Store implements Once {
        final Map<String, Object> entries = new HashMap<>();
        boolean silent;

        @Override
        public Optional<Claim> claim(String key, long lapses, long kept) {
            if (silent) {
                throw ExchangeException.busy("cluster_store");
            }
            Object own = new Object();
            return entries.putIfAbsent(key, own) == null ? Optional.of(new Written(key, own)) : Optional.empty();
        }

        @Override
        public boolean contains(String key) {
            return entries.containsKey(key);
        }

        private final class Written implements Claim {
            private final String key;
            private final Object own;

            Written(String key, Object own) {
                this.key = key;
                this.own = own;
            }

            @Override
            public boolean keep() {
                return entries.get(key) == own;
            }

            @Override
            public void release() {
                entries.remove(key, own);
            }
        }
    }
}
