package dev.socialexchange.keycloak.broker;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * One link is written at a time for an external account, across the cluster: the database has no unique constraint on it
 * (Keycloak 26), and an account on two users can no longer log in anywhere.
 */
final class LinkGuard {
    /** Longer than any first login; only a node that dies leaves it behind. */
    private static final int LIFESPAN_SECONDS = 30;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long MAX_PAUSE_MILLIS = 100;

    private final SingleUseObjectProvider store;
    private final String key;

    LinkGuard(KeycloakSession session, RealmModel realm, String alias, String subject) {
        this.store = session.singleUseObjects();
        this.key = "social-exchange:link:" + Digests.sha256Hex(realm.getId() + '\n' + alias + '\n' + subject);
    }

    /** @throws ExchangeException if somebody else holds it for too long */
    <T> T holding(Supplier<T> work) {
        acquire();
        try {
            return work.get();
        } finally {
            release();
        }
    }

    void release() {
        store.remove(key);
    }

    /** @throws ExchangeException if somebody else holds it for too long */
    void acquire() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (long pause = 5; !store.putIfAbsent(key, LIFESPAN_SECONDS); pause = Math.min(2 * pause, MAX_PAUSE_MILLIS)) {
            if (System.nanoTime() > end) {
                throw ExchangeException.unavailable("link_contended", 1);
            }
            sleep(pause);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ExchangeException.unavailable("interrupted", 1);
        }
    }
}
