package dev.socialexchange.keycloak.soak;

import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Some who come again and again, and all stand still when they are told to. */
final class Visitors implements AutoCloseable {
    private static final int VISITORS = 6;
    private static final int MAX_FAILURES = 5;

    /** Keycloak writes some things a moment after the answer. */
    private static final int SETTLED_MILLIS = 2000;

    private final ReentrantReadWriteLock going = new ReentrantReadWriteLock(true);
    private final ExecutorService threads = Executors.newFixedThreadPool(VISITORS);
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong visits = new AtomicLong();
    private final Habits habits;
    private volatile boolean over;

    Visitors(Habits habits) {
        this.habits = habits;
        for (int visitor = 0; visitor < VISITORS; visitor++) {
            Random dice = new Random(visitor);
            threads.execute(() -> visit(dice));
        }
    }

    private void visit(Random dice) {
        while (!over && failures.size() < MAX_FAILURES) {
            going.readLock().lock();
            try {
                habits.next(dice);
                visits.incrementAndGet();
            } catch (RuntimeException failed) {
                failures.add(String.valueOf(failed));
            } finally {
                going.readLock().unlock();
            }
        }
    }

    long visits() {
        return visits.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Meanwhile nobody asks for anything. */
    <T> T whileTheyStandStill(Supplier<T> look) {
        going.writeLock().lock();
        try {
            TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS);
            return look.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            going.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        over = true;
        threads.shutdown();
        try {
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
