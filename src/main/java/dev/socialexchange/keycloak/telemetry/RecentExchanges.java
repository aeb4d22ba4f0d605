package dev.socialexchange.keycloak.telemetry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has come of each provider's exchanges, for whoever looks at a list of them. Of so many providers at a time, those that
 * nobody asks for making room for others, and of the reasons that there are, which are constants.
 */
final class RecentExchanges {
    /** Of all realms. */
    private static final int MOST_PROVIDERS = 5_000;
    /** More than there are. */
    private static final int MOST_REASONS = 100;

    private final InstantSource clock;
    private final Cache<Provider, Lately> providers = Caffeine.newBuilder()
            .maximumSize(MOST_PROVIDERS)
            .executor(Runnable::run) // no threads: what has no room is gone when the next one has come
            .build();

    private record Provider(String realm, String alias) {}

    RecentExchanges(InstantSource clock) {
        this.clock = clock;
    }

    void add(Exchanged exchanged) {
        if (exchanged.realm().isEmpty() || exchanged.alias().equals(Exchanged.UNKNOWN)) {
            return;
        }
        long now = clock.instant().getEpochSecond();
        providers
                .asMap()
                .merge(
                        new Provider(exchanged.realm(), exchanged.alias()),
                        after(Lately.NOTHING, exchanged, now),
                        (before, first) -> after(before, exchanged, now));
    }

    private static Lately after(Lately before, Exchanged exchanged, long now) {
        if (exchanged.outcome() == Exchanged.Outcome.SUCCESS) {
            return new Lately(now, before.refusals());
        }
        String reason = exchanged.reason();
        if (!before.refusals().containsKey(reason) && before.refusals().size() >= MOST_REASONS) {
            return before;
        }
        Map<String, Lately.Refused> refusals = new TreeMap<>(before.refusals());
        refusals.merge(
                reason,
                new Lately.Refused(1, now),
                (earlier, one) -> new Lately.Refused(earlier.count() + one.count(), now));
        return new Lately(before.lastSuccess(), Map.copyOf(refusals));
    }

    Lately of(String realm, String alias) {
        Lately lately = providers.getIfPresent(new Provider(realm, alias));
        return lately == null ? Lately.NOTHING : lately;
    }

    long size() {
        providers.cleanUp();
        return providers.estimatedSize();
    }
}
