package dev.socialexchange.keycloak.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Leaky buckets: a level is the time, in nanoseconds, that it takes to drain, and a whole limit drains in a minute. At most so many are kept, and an
 * empty one is none, so that it does not matter how many addresses somebody has.
 */
final class Levels<K> {
    /** Nothing fills up further: however hard somebody tries, it is over after so many minutes. */
    static final long FULL = Duration.ofMinutes(11).toNanos();

    /** What is allowed in a minute. */
    static final long LIMIT = Duration.ofMinutes(1).toNanos();

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LongSupplier clock;
    private final Cache<K, Bucket> buckets;

    private record Bucket(long level, long at) {}

    /**
     * @param clock nanoseconds, as {@link System#nanoTime()}
     * @param capacity of buckets; those that are seldom looked at make room for others
     */
    Levels(LongSupplier clock, int capacity) {
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(capacity)
                .expireAfterWrite(Duration.ofNanos(FULL + LIMIT))
                .ticker(clock::getAsLong)
                .executor(Runnable::run) // no threads: what has no room is gone when the next one has come
                .build();
    }

    long of(K key) {
        Bucket bucket = buckets.getIfPresent(key);
        return bucket == null ? 0 : drained(bucket, clock.getAsLong());
    }

    /**
     * @param part in nanoseconds of draining; less than nothing gives back
     * @return the level afterwards
     */
    long add(K key, long part) {
        long now = clock.getAsLong();
        Bucket after = buckets.asMap().compute(key, (ignored, before) -> {
            long level = Math.min(FULL, Math.max(0, part + (before == null ? 0 : drained(before, now))));
            return level == 0 ? null : new Bucket(level, now);
        });
        return after == null ? 0 : after.level();
    }

    /** Seconds until a level that is reached now has drained to another one; at least one. */
    static int secondsUntil(long target, long level) {
        return Math.max(1, (int) ((level - target + SECOND - 1) / SECOND));
    }

    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private static long drained(Bucket bucket, long now) {
        return Math.max(0, bucket.level() - (now - bucket.at()));
    }
}
