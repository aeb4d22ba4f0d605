package dev.socialexchange.keycloak.doctor;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One call of all checks on this node at a time to each host: administrators who are curious together are no attack on it. */
final class HostTurns {
    /** Hosts that share a lock wait for each other, and nothing grows with what is looked at. */
    private static final int LOCKS = 256;

    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    /** @return {@code otherwise} if the turn does not come in time */
    <T> T take(String host, long millis, Supplier<T> call, T otherwise) {
        ReentrantLock lock = locks[Math.floorMod(host.hashCode(), LOCKS)];
        try {
            if (!lock.tryLock(millis, TimeUnit.MILLISECONDS)) {
                return otherwise;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
        try {
            return call.get();
        } finally {
            lock.unlock();
        }
    }
}
