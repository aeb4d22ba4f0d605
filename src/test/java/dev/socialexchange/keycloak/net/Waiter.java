package dev.socialexchange.keycloak.net;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does something on a thread of its own, which can be seen waiting. */
final class Waiter<T> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FutureTask<T> task;
    private final Thread thread;

    private Waiter(FutureTask<T> task) {
        this.task = task;
        this.thread = new Thread(task, "waiter");
        thread.setDaemon(true);
    }

    /** Returns once it waits, with a limit of time. */
    static <T> Waiter<T> thatWaits(Callable<T> what) throws InterruptedException {
        Waiter<T> waiter = new Waiter<>(new FutureTask<>(what));
        waiter.thread.start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (waiter.thread.getState() != Thread.State.TIMED_WAITING) {
            if (!waiter.thread.isAlive() || System.nanoTime() - end > 0) {
                throw new AssertionError("it does not wait, but is " + waiter.thread.getState());
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return waiter;
    }

    boolean waits() {
        return !task.isDone();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** What came of it, by now or soon. */
    T outcome() throws ExecutionException, TimeoutException, InterruptedException {
        return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
