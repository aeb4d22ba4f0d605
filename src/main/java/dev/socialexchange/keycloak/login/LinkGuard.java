package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.NodesOnce;
import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.RequestConnection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * One link is written at a time for an external account, across the cluster: the database has no unique constraint on it
 * (Keycloak 26), and an account on two users can no longer log in anywhere. On a node requests wait in line for it; the first
 * of them contends with other nodes.
 */
final class LinkGuard {
    /** Longer than a first login takes, and written anew before it is committed; only a node that dies leaves it behind. */
    private static final int LIFESPAN_SECONDS = 15;

    /** In line on this node, where those before are seen to go on. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** With another node, which may be dead; for all who are in line together, since each of them keeps a thread. */
    private static final long PATIENCE_WITH_OTHERS_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long MAX_PAUSE_MILLIS = 100;

    /** Of one account on this node. A front end that asks twice, or on two devices, is far from it; what is more is an attack. */
    static final int MAX_WAITING = 32;

    private final WaitingLines lines;
    private final Once once;
    private final String key;
    private final Runnable beforeWaiting;
    private final LongSupplier nanoTime;
    private Optional<Once.Claim> claim = Optional.empty();

    /** @param request gives its connection back before anything is waited for */
    LinkGuard(KeycloakSession request, RealmModel realm, String alias, String subject) {
        this(
                LoginMemory.of(request).accounts(),
                NodesOnce.of(request),
                "social-exchange:link:" + Digests.sha256Hex(realm.getId() + '\n' + alias + '\n' + subject),
                () -> RequestConnection.release(request),
                System::nanoTime);
    }

    /** The same for what signals have left on a user. */
    static LinkGuard ofMarks(KeycloakSession request, RealmModel realm, String userId) {
        return new LinkGuard(
                LoginMemory.of(request).accounts(),
                NodesOnce.of(request),
                "social-exchange:marks:" + Digests.sha256Hex(realm.getId() + '\n' + userId),
                () -> RequestConnection.release(request),
                System::nanoTime);
    }

    LinkGuard(WaitingLines lines, Once once, String key, Runnable beforeWaiting, LongSupplier nanoTime) {
        this.lines = lines;
        this.once = once;
        this.key = key;
        this.beforeWaiting = beforeWaiting;
        this.nanoTime = nanoTime;
    }

    /** @throws ExchangeException if somebody else holds it for too long, or too many wait for it */
    <T> T holding(Supplier<T> work) {
        beforeWaiting.run();
        long end = nanoTime.getAsLong() + PATIENCE_WITH_OTHERS_NANOS;
        WaitingLines.Turn turn =
                lines.enter(key, PATIENCE_NANOS).orElseThrow(() -> ExchangeException.busy("link_contended"));
        try {
            acquire(end);
            try {
                return work.get();
            } finally {
                release();
            }
        } finally {
            turn.over();
        }
    }

    private void acquire(long end) {
        for (long pause = 5; !tryAcquire(); pause = Math.min(2 * pause, MAX_PAUSE_MILLIS)) {
            if (nanoTime.getAsLong() - end > 0) {
                throw ExchangeException.busy("link_contended");
            }
            sleep(pause);
        }
    }

    /** Without waiting, for whoever cannot let go of a connection. */
    boolean tryAcquire() {
        claim = once.claim(key, LIFESPAN_SECONDS, LIFESPAN_SECONDS);
        return claim.isPresent();
    }

    /**
     * Without waiting, and until the session's transaction has ended, however it does.
     *
     * @return false if somebody else has it, or nobody knows
     */
    boolean tryAcquireUntilEnd(KeycloakSession session) {
        try {
            if (!tryAcquire()) {
                return false;
            }
        } catch (ExchangeException nobodyKnows) {
            return false;
        }
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                release();
            }

            @Override
            protected void rollbackImpl() {
                release();
            }
        });
        return true;
    }

    /** Rolls back what was linked by the time it no longer keeps everybody else out. */
    void holdUntilCommit(KeycloakSession session) {
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                if (!claim.map(Once.Claim::keep).orElse(false)) {
                    throw ExchangeException.busy("link_guard_lapsed");
                }
            }

            @Override
            protected void rollbackImpl() {
                // nothing was linked
            }
        });
    }

    void release() {
        claim.ifPresent(Once.Claim::release);
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ExchangeException.busy("interrupted");
        }
    }
}
