package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.net.ProviderCalls.Loaded;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Lets those who need the same thing at the same moment load it once, and keeps what was loaded last. */
final class SharedLoads {
    static final int CAPACITY = 256;

    private final LongSupplier clock;
    private final Map<String, CompletableFuture<Loaded<Object>>> underWay = new HashMap<>();
    private final Map<String, Loaded<Object>> kept = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Loaded<Object>> eldest) {
            return size() > CAPACITY;
        }
    };

    /** @param clock nanoseconds, as {@link System#nanoTime()} */
    SharedLoads(LongSupplier clock) {
        this.clock = clock;
    }

    /** What was loaded less than so long ago. */
    synchronized Optional<Loaded<Object>> kept(String name, Duration freshFor) {
        return Optional.ofNullable(kept.get(name))
                .filter(loaded -> clock.getAsLong() - loaded.begun() < freshFor.toNanos());
    }

    /**
     * Loads, or waits for whoever is loading.
     *
     * @param pause before the load begins, so that more can join it
     * @param load what it throws is thrown to all who have joined
     * @return empty if the deadline has come first
     */
    Optional<Loaded<Object>> load(String name, Deadline deadline, Duration freshFor, Duration pause, Supplier<?> load) {
        CompletableFuture<Loaded<Object>> mine = new CompletableFuture<>();
        CompletableFuture<Loaded<Object>> theirs;
        synchronized (this) {
            Optional<Loaded<Object>> fresh = kept(name, freshFor);
            if (fresh.isPresent()) {
                return fresh;
            }
            theirs = underWay.putIfAbsent(name, mine);
        }
        // a quarter, so that there is time left for the load
        long wait = Math.min(pause.toMillis(), deadline.remainingMillis() / 4);
        return theirs == null ? Optional.of(lead(name, mine, wait, load)) : join(theirs, deadline);
    }

    private Loaded<Object> lead(
            String name, CompletableFuture<Loaded<Object>> mine, long waitMillis, Supplier<?> load) {
        try {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(waitMillis));
            long begun = clock.getAsLong();
            Loaded<Object> loaded = new Loaded<>(begun, load.get());
            keep(name, loaded);
            mine.complete(loaded);
            return loaded;
        } catch (RuntimeException | Error failed) {
            mine.completeExceptionally(failed);
            throw failed;
        } finally {
            end(name);
        }
    }

    private synchronized void keep(String name, Loaded<Object> loaded) {
        kept.remove(name); // to the end
        kept.put(name, loaded);
    }

    private synchronized void end(String name) {
        underWay.remove(name);
    }

    private static Optional<Loaded<Object>> join(CompletableFuture<Loaded<Object>> theirs, Deadline deadline) {
        try {
            return Optional.of(theirs.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException theirFailure) {
                throw theirFailure;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    synchronized int size() {
        return kept.size() + underWay.size();
    }
}
