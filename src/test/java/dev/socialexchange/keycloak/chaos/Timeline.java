package dev.socialexchange.keycloak.chaos;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What came of every request, and when. */
final class Timeline {

    /** Whose requests. */
    enum Of {
        /** Exchanges and doors that need nobody but us. */
        EXCHANGES("exchanges, doors and pages"),
        /** Exchanges that ask the provider. */
        CALLS("exchanges that ask a provider"),
        /** Keycloak's own. */
        PASSWORDS("password grants");

        final String title;

        Of(String title) {
            this.title = title;
        }
    }

    /** @param trouble {@code null} where all was as it has to be */
    record Sample(Of of, long begun, long ended, Trouble trouble) {}

    /**
     * Of a stretch of time.
     *
     * @param good answers as they have to be
     * @param troubles how many met which
     * @param lastTrouble when the last one was told of, in nanoseconds from the beginning; empty if there was none
     * @param slowestNanos of all answers
     */
    record Summary(int good, Map<Trouble, Integer> troubles, Optional<Long> lastTrouble, long slowestNanos) {}

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final int ENOUGH = 2;

    private final LongSupplier nanoTime;
    private final Collection<Sample> samples = new ConcurrentLinkedQueue<>();
    private final Map<Long, Long> underWay = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();

    Timeline(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** A request that has not been answered yet. */
    final class Request {
        private final long id = number.incrementAndGet();
        private final Of of;
        private final long begun = now();

        Request(Of of) {
            this.of = of;
            underWay.put(id, begun);
        }

        void ends(Trouble trouble) {
            samples.add(new Sample(of, begun, now(), trouble));
            underWay.remove(id);
        }
    }

    Request begin(Of of) {
        return new Request(of);
    }

    /** Whether everybody has been well for some seconds, and nobody waits for longer than that. */
    boolean isCalm() {
        long since = now() - QUIET_NANOS;
        if (underWay.values().stream().anyMatch(begun -> begun < since)) {
            return false;
        }
        Map<Of, Integer> good = new EnumMap<>(Of.class);
        for (Sample sample : samples) {
            if (sample.ended() >= since) {
                if (sample.trouble() != null) {
                    return false;
                }
                good.merge(sample.of(), 1, Integer::sum);
            }
        }
        return good.size() == Of.values().length && good.values().stream().allMatch(count -> count >= ENOUGH);
    }

    /** Of the requests that began in between. */
    Summary between(Of of, long from, long to) {
        int good = 0;
        Map<Trouble, Integer> troubles = new EnumMap<>(Trouble.class);
        Optional<Long> last = Optional.empty();
        long slowest = 0;
        for (Sample sample : samples) {
            if (sample.of() != of || sample.begun() < from || sample.begun() > to) {
                continue;
            }
            slowest = Math.max(slowest, sample.ended() - sample.begun());
            if (sample.trouble() == null) {
                good++;
            } else {
                troubles.merge(sample.trouble(), 1, Integer::sum);
                last = Optional.of(Math.max(last.orElse(0L), sample.ended() - from));
            }
        }
        return new Summary(good, troubles, last, slowest);
    }

    int size() {
        return samples.size();
    }
}
