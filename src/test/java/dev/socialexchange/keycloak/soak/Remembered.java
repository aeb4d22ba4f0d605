package dev.socialexchange.keycloak.soak;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How much of what is good once a server has to know, since it was used and could be sent again. */
final class Remembered {
    private final Queue<Long> until = new ConcurrentLinkedQueue<>();

    void add(Duration time) {
        until.add(System.nanoTime() + time.toNanos());
    }

    int now() {
        long now = System.nanoTime();
        until.removeIf(end -> end - now < 0);
        return until.size();
    }
}
