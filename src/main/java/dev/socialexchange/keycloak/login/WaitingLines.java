package dev.socialexchange.keycloak.login;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lines of threads that want the same thing, one at a time and in the order they came. A line is short: who comes when it is
 * full is sent away at once. Lines without anybody in them take no room.
 */
final class WaitingLines {
    private final int maxInLine;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /** @param maxInLine with the one whose turn it is */
    WaitingLines(int maxInLine) {
        this.maxInLine = maxInLine;
    }

    /** @return empty if the line is full, or the turn did not come in time */
    Optional<Turn> enter(String key, long patienceNanos) {
        boolean[] joined = new boolean[1];
        Line line = lines.compute(key, (ignored, known) -> {
            Line found = known == null ? new Line() : known;
            joined[0] = found.length < maxInLine;
            found.length += joined[0] ? 1 : 0;
            return found;
        });
        if (!joined[0]) {
            return Optional.empty();
        }
        if (!line.await(patienceNanos)) {
            leave(key);
            return Optional.empty();
        }
        return Optional.of(() -> {
            line.turn.release();
            leave(key);
        });
    }

    private void leave(String key) {
        lines.computeIfPresent(key, (ignored, line) -> --line.length == 0 ? null : line);
    }

    /** How many are in a line. */
    int length(String key) {
        Line line = lines.get(key);
        return line == null ? 0 : line.length;
    }

    /** How many lines have somebody in them. */
    int size() {
        return lines.size();
    }

    /** Of whoever is first in a line. */
    interface Turn {
        /** The next one's turn. */
        void over();
    }

    private static final class Line {
        final Semaphore turn = new Semaphore(1, true);
        /** Changed inside the map's own lock for the key. */
        volatile int length;

        boolean await(long patienceNanos) {
            try {
                return turn.tryAcquire(patienceNanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
