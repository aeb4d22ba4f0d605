package dev.socialexchange.keycloak.throttle;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Caller;
import dev.socialexchange.keycloak.net.ProviderCalls;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Counts for one node. */
final class NodeThrottle implements Throttle {
    /** How many addresses and apps are known at a time; about 150 bytes each. */
    static final int CAPACITY = 100_000;

    /** Below this a phase is over: one that goes on at its limit is not told again and again. */
    private static final long OVER = Levels.LIMIT / 2;

    private static final int PHASES = 1_000;
    /** From so many limits on, nothing is looked at. */
    private static final long FAR = 10 * Levels.LIMIT;

    private final Limits limits;
    private final Levels<LimitKey> levels;
    private final ThrottledPhases<LimitKey> phases = new ThrottledPhases<>(PHASES);

    /** @param clock nanoseconds, as {@link System#nanoTime()} */
    NodeThrottle(Limits limits, LongSupplier clock) {
        this.limits = limits;
        this.levels = new Levels<>(clock, CAPACITY);
    }

    @Override
    public void admit(Caller caller) {
        LimitKey failures = LimitKey.failures(caller);
        long level = levels.of(failures);
        if (level >= FAR) {
            throw throttled(failures, FAR, level);
        }
    }

    @Override
    public ExchangeException failed(Caller caller, OptionalInt limit, ExchangeException refusal) {
        LimitKey failures = LimitKey.failures(caller);
        long level = levels.add(failures, Limits.part(limit.orElse(limits.failures())));
        return level > Levels.LIMIT ? throttled(failures, Levels.LIMIT, level) : refusal;
    }

    @Override
    public void visit(String door, Caller caller) {
        LimitKey visits = LimitKey.visits(door, caller);
        long level = levels.add(visits, Limits.part(limits.visits()));
        if (level > Levels.LIMIT) {
            throw throttled(visits, Levels.LIMIT, level);
        }
    }

    @Override
    public ProviderCalls counted(ProviderCalls calls, String provider, OptionalInt limit, Caller caller) {
        long part = Limits.part(limit.orElse(limits.calls()));
        LimitKey app = LimitKey.calls(provider, caller);
        return part == 0
                ? calls
                : new CountedCalls(
                        calls, () -> called(app, caller, part), spent -> accepted(app, caller, spent * part));
    }

    /** @throws ExchangeException if there were too many, unless this address has had a good token lately */
    private void called(LimitKey app, Caller caller, long part) {
        long level = levels.of(app);
        if (level + part > Levels.LIMIT && levels.of(LimitKey.successes(caller)) == 0) {
            throw throttled(app, Levels.LIMIT, level + part);
        }
        levels.add(app, part);
    }

    private void accepted(LimitKey app, Caller caller, long spent) {
        levels.add(app, -spent);
        levels.add(LimitKey.successes(caller), Levels.FULL); // for as long as that takes to drain
    }

    private ExchangeException throttled(LimitKey counted, long target, long level) {
        return ExchangeException.throttled(Levels.secondsUntil(target, level), counted.what(), phases.refused(counted));
    }

    @Override
    public List<Ended> ended(String realm) {
        return phases.over(counted -> counted.caller().realm().equals(realm) && levels.of(counted) < OVER).stream()
                .map(phase -> new Ended(phase.key().caller(), phase.key().what(), phase.refusals()))
                .toList();
    }

    long size() {
        return levels.size();
    }

    @Override
    public void close() {
        // one for the whole node
    }
}
