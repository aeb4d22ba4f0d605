package dev.socialexchange.keycloak.revocation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Does things in the background until they are done, a bounded number of times each and of them. Kept in this node's memory alone. */
final class Retries {
    /** Before each attempt: a provider that is down is so for seconds or minutes, and the token is nobody's any more. */
    static final List<Duration> PAUSES =
            List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(10));

    /** What waits at once: a token is a few kilobytes. */
    static final int MOST = 1000;

    private static final int THREADS = 2;

    private final List<Duration> pauses;
    private final ScheduledThreadPoolExecutor threads;
    private final AtomicInteger unfinished = new AtomicInteger();

    /** @param pauses before each attempt, of which there are so many */
    Retries(List<Duration> pauses) {
        this.pauses = List.copyOf(pauses);
        this.threads = new ScheduledThreadPoolExecutor(
                THREADS,
                work -> {
                    Thread thread = new Thread(work, "social-exchange-revocation");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy()); // of a node that stops
    }

    interface Attempt {
        /**
         * @param last whether nothing follows it
         * @return whether nothing is left to be done
         */
        boolean isAll(boolean last);
    }

    /** @return false if there is no room, or the node stops */
    boolean begin(Attempt attempt) {
        if (threads.isShutdown()) {
            return false;
        }
        if (unfinished.incrementAndGet() > MOST) {
            unfinished.decrementAndGet();
            return false;
        }
        schedule(attempt, 0);
        return true;
    }

    private void schedule(Attempt attempt, int number) {
        threads.schedule(() -> run(attempt, number), pauses.get(number).toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run(Attempt attempt, int number) {
        boolean last = number + 1 == pauses.size();
        boolean again = false;
        try {
            again = !attempt.isAll(last) && !last;
        } finally {
            if (!again) {
                unfinished.decrementAndGet();
            }
        }
        if (again) {
            schedule(attempt, number + 1);
        }
    }

    /** @return how many were being tried, or still to be, and are not any more */
    int stop() {
        int left = unfinished.get(); // before those that are being tried are interrupted, and think that they are done
        threads.shutdownNow();
        return left;
    }
}
