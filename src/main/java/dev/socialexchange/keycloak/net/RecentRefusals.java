package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Remembers for a moment what providers have refused, so that the same token costs no second call. By a hash with a key that
 * this node alone has: no token is kept, nor could one be recognised.
 */
final class RecentRefusals {
    static final int CAPACITY = 10_000;
    static final Duration LIFE = Duration.ofSeconds(5);
    private static final int KEY_BYTES = 32;

    private final LongSupplier clock;
    private final byte[] key = new byte[KEY_BYTES];
    private final Map<String, Refused> refused = new LinkedHashMap<>();

    private record Refused(ExchangeException refusal, long at) {}

    /** @param clock nanoseconds, as {@link System#nanoTime()} */
    RecentRefusals(LongSupplier clock) {
        this.clock = clock;
        new SecureRandom().nextBytes(key);
    }

    Optional<ExchangeException> find(List<String> question) {
        String hash = hash(question);
        synchronized (this) {
            return Optional.ofNullable(refused.get(hash)).filter(this::isFresh).map(Refused::refusal);
        }
    }

    void remember(List<String> question, ExchangeException refusal) {
        String hash = hash(question);
        synchronized (this) {
            refused.remove(hash); // to the end
            refused.put(hash, new Refused(refusal, clock.getAsLong()));
            forget();
        }
    }

    /** All live equally long: the eldest end first. */
    private void forget() {
        Iterator<Refused> eldestFirst = refused.values().iterator();
        while (eldestFirst.hasNext() && (!isFresh(eldestFirst.next()) || refused.size() > CAPACITY)) {
            eldestFirst.remove();
        }
    }

    private boolean isFresh(Refused entry) {
        return clock.getAsLong() - entry.at() < LIFE.toNanos();
    }

    /** Each part with its length before it: no two questions read alike. */
    private String hash(List<String> question) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String part : question) {
            byte[] text = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(part == null ? -1 : text.length)
                    .array());
            bytes.writeBytes(text);
        }
        return Base64.getEncoder().encodeToString(Digests.hmacSha256(key, bytes.toByteArray()));
    }

    synchronized int size() {
        return refused.size();
    }
}
