package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.infinispan.commons.CacheException;
import org.infinispan.commons.api.BasicCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.models.sessions.infinispan.entities.SingleUseObjectValueEntity;

class ClusterOnceTest {
    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private final Map<String, Object> entries = new HashMap<>();
    private final List<Long> lifespans = new ArrayList<>();
    private boolean silent;

    /** At a node's death Infinispan repeats a write, and takes an equal value for what its first attempt has left. */
    private final Once once = new ClusterOnce(repeating());

    @Test
    void whatIsUsedIsNotLetInAgainWhenTheStoreRepeatsItsWrites() {
        assertThat(once.claim("token", 60, 300)).isPresent();

        assertThat(once.claim("token", 60, 300)).isEmpty();
    }

    @Test
    void claimIsWrittenOnceMoreForItsWholeTimeWhenItIsKept() {
        Once.Claim claim = once.claim("token", 60, 300).orElseThrow();

        assertThat(claim.keep()).isTrue();
        assertThat(claim.keep()).as("again").isTrue();
        assertThat(lifespans).containsExactly(60L, 300L, 300L);
    }

    @Test
    void claimThatHasLapsedCanNeitherBeKeptNorTakenFromSomebodyElse() {
        Once.Claim lapsed = once.claim("token", 60, 300).orElseThrow();
        entries.clear();
        assertThat(once.claim("token", 60, 300)).isPresent();

        assertThat(lapsed.keep()).isFalse();
        lapsed.release();
        assertThat(once.contains("token")).as("the other one's").isTrue();
    }

    @Test
    void storeThatDoesNotAnswerMeansBusyAndLeavesNothingBehind() {
        silent = true;
        assertThatThrownBy(() -> once.claim("token", 60, 300)).satisfies(ClusterOnceTest::isBusy);
        assertThatThrownBy(() -> once.contains("token")).satisfies(ClusterOnceTest::isBusy);
        silent = false;

        assertThat(log.lines()).hasSize(2).allMatch(line -> line.startsWith("WARN: not done: reason=server_busy"));
        assertThat(entries).isEmpty();
        assertThat(once.claim("token", 60, 300)).isPresent();
    }

    @Test
    void claimIsGivenBackAlsoWhereTheStoreDoesNotAnswer() {
        Once.Claim claim = once.claim("token", 60, 300).orElseThrow();
        silent = true;
        assertThatThrownBy(claim::keep).satisfies(ClusterOnceTest::isBusy);

        claim.release();

        assertThat(entries).isEmpty();
        assertThat(log.lines()).hasSize(2);
    }

    private static void isBusy(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(ExchangeException.class, busy -> assertThat(busy.error())
                .isEqualTo(ExchangeError.SERVER_BUSY));
    }

    @SuppressWarnings("unchecked")
    private BasicCache<String, SingleUseObjectValueEntity> repeating() {
        return (BasicCache<String, SingleUseObjectValueEntity>) Proxy.newProxyInstance(
                BasicCache.class.getClassLoader(), new Class<?>[] {BasicCache.class}, (self, method, given) -> {
                    if (method.getName().equals("removeAsync")) {
                        entries.remove((String) given[0], given[1]);
                        return CompletableFuture.completedFuture(true);
                    }
                    Object answer = answer(method.getName(), given);
                    if (silent) {
                        throw new CacheException("timed out, after it was written");
                    }
                    return answer;
                });
    }

    private Object answer(String method, Object... given) {
        String key = (String) given[0];
        switch (method) {
            case "putIfAbsent":
                lifespans.add((Long) given[2]);
                Object before = entries.putIfAbsent(key, given[1]);
                return given[1].equals(before) ? null : before;
            case "replace":
                lifespans.add((Long) given[3]);
                return entries.replace(key, given[1], given[2]);
            case "remove":
                return !silent && entries.remove(key, given[1]);
            case "containsKey":
                return entries.containsKey(key);
            default:
                throw new UnsupportedOperationException(method);
        }
    }
}
