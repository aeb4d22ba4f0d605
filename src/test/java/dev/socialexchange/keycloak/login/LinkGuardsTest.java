package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Of many accounts at once: all of somebody's or none, and nothing is waited for while anything is held. */
class LinkGuardsTest {
    private static final ExternalAccount ONE = new ExternalAccount("google", "1");
    private static final ExternalAccount TWO = new ExternalAccount("google", "2");
    private static final ExternalAccount THREE = new ExternalAccount("github", "3");

    private final Set<String> store = new HashSet<>();

    @Test
    void anAccountThatSomebodyElseIsLinkingLeavesThatPersonsOthersFree() {
        try (LinkGuards other = guards();
                LinkGuards guards = guards()) {
            assertThat(other.hold(List.of(TWO))).isTrue();

            assertThat(guards.hold(List.of(ONE))).isTrue();
            assertThat(guards.hold(List.of(THREE, TWO))).isFalse();

            assertThat(store).as("what was held before stays, and nothing else").hasSize(2);
            assertThat(other.hold(List.of(THREE))).isTrue();
            assertThat(other.hold(List.of(ONE))).isFalse();
        }
        assertThat(store).isEmpty();
    }

    /** Two lines may have one account: which of them gets it the import itself tells. */
    @Test
    void whatIsHeldIsHeldForAllThatComeTogether() {
        try (LinkGuards guards = guards()) {
            assertThat(guards.hold(List.of(ONE, ONE, TWO))).isTrue();
            assertThat(guards.hold(List.of(TWO, THREE))).isTrue();

            assertThat(store).hasSize(3);
        }
        assertThat(store).isEmpty();
    }

    @Test
    void whoeverWaitsGetsItOnceItIsGivenBackAndOtherwiseGivesUp() {
        LinkGuards other = guards();
        other.hold(List.of(ONE));
        try (LinkGuards guards = guards()) {
            assertThat(guards.await(List.of(TWO, ONE))).isFalse();
            assertThat(store).as("the other one's").hasSize(1);

            other.close();
            assertThat(guards.await(List.of(TWO, ONE))).isTrue();
        }
    }

    private LinkGuards guards() {
        return new LinkGuards(
                account -> new LinkGuard(
                        new WaitingLines(LinkGuard.MAX_WAITING),
                        new Store(),
                        account.alias() + '\n' + account.id(),
                        () -> {},
                        System::nanoTime),
                TimeUnit.MILLISECONDS.toNanos(50));
    }

    private final class Store implements Once {

        @Override
        public Optional<Claim> claim(String key, long lapses, long kept) {
            return store.add(key) ? Optional.of(new Held(key)) : Optional.empty();
        }

        @Override
        public boolean contains(String key) {
            return store.contains(key);
        }
    }

    private final class Held implements Once.Claim {
        private final String key;

        private Held(String key) {
            this.key = key;
        }

        @Override
        public boolean keep() {
            return store.contains(key);
        }

        @Override
        public void release() {
            store.remove(key);
        }
    }
}
