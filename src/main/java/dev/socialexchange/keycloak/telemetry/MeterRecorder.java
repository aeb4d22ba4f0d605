package dev.socialexchange.keycloak.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/** {@link Recorder} on Micrometer's meters. Of every label whose values come from settings there are so many and no more. */
final class MeterRecorder implements Recorder {
    static final int MOST_TYPES = 100;
    static final int MOST_HOSTS = 100;
    static final int MOST_DETAILS = 150;
    static final int MOST_ALIASES = 200;
    static final int MOST_CLIENTS = 200;

    /** What names a mapper or a step of a realm's own is for the event alone. */
    private static final Pattern CONSTANT = Pattern.compile("[a-z0-9_]{1,60}");

    private final Meters meters;
    private final MeterOptions options;
    private final List<String> labelsOfRequests;
    private final Bounded types = new Bounded(MOST_TYPES);
    private final Bounded hosts = new Bounded(MOST_HOSTS);
    private final Bounded details = new Bounded(MOST_DETAILS);
    private final Bounded aliases = new Bounded(MOST_ALIASES);
    private final Bounded clients = new Bounded(MOST_CLIENTS);
    private final Bounded budgets = new Bounded(MOST_TYPES);
    private final Bounded sources = new Bounded(MOST_TYPES);
    private final LongAdder waiting = new LongAdder();
    private final RecentExchanges recent = new RecentExchanges(InstantSource.system());

    MeterRecorder(MeterRegistry registry, MeterOptions options) {
        this.meters = new Meters(registry);
        this.options = options;
        this.labelsOfRequests = options.labels(Family.REQUESTS.labels());
        Gauge.builder(Family.SHARE_WAITING.meter(), waiting, LongAdder::sum)
                .description(Family.SHARE_WAITING.description())
                .register(registry);
    }

    @Override
    public void exchanged(Exchanged exchanged, long took) {
        String type = types.value(exchanged.type());
        String outcome = exchanged.outcome().name().toLowerCase(Locale.ROOT);
        List<String> values = new ArrayList<>(
                List.of(type, exchanged.kind(), outcome, exchanged.reason(), detail(exchanged.detail())));
        if (options.alias()) {
            values.add(aliases.value(exchanged.alias()));
        }
        if (options.client()) {
            values.add(clients.value(exchanged.client()));
        }
        meters.counter(Family.REQUESTS, labelsOfRequests, values).increment();
        meters.timer(Family.DURATION, type, outcome).record(took, TimeUnit.NANOSECONDS);
        recent.add(exchanged);
    }

    private String detail(String detail) {
        return CONSTANT.matcher(detail).matches() ? details.value(detail) : Bounded.OTHER;
    }

    @Override
    public void proven(String type, String method) {
        meters.counter(Family.PROOFS, types.value(type), method).increment();
    }

    @Override
    public void called(String host, String outcome, long took) {
        meters.timer(Family.PROVIDER_CALLS, hosts.value(host), outcome).record(took, TimeUnit.NANOSECONDS);
    }

    @Override
    public void waiting(int change) {
        waiting.add(change);
    }

    @Override
    public void waited(String outcome, long took) {
        meters.timer(Family.SHARE_WAIT, outcome).record(took, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shareRefused(String host, String cause) {
        meters.counter(Family.SHARE_REFUSED, hosts.value(host), cause).increment();
    }

    @Override
    public void keySetLoaded(String type, String outcome) {
        meters.counter(Family.KEY_SET_LOADS, types.value(type), detail(outcome)).increment();
    }

    @Override
    public void usedBefore(String what) {
        meters.counter(Family.SINGLE_USE_CONFLICTS, what).increment();
    }

    @Override
    public void firstLogin(String type, String outcome) {
        meters.counter(Family.FIRST_LOGINS, types.value(type), outcome).increment();
    }

    @Override
    public void continuation(String step) {
        meters.counter(Family.CONTINUATIONS, step).increment();
    }

    @Override
    public void drifted(String type, String what) {
        meters.counter(Family.DRIFT, types.value(type), detail(what)).increment();
    }

    @Override
    public void signal(String type, String event, String outcome) {
        meters.counter(Family.SIGNALS, types.value(type), event, detail(outcome))
                .increment();
    }

    @Override
    public void revocation(String type, String outcome) {
        meters.counter(Family.REVOCATIONS, types.value(type), outcome).increment();
    }

    @Override
    public void arrived(String source) {
        meters.counter(Family.IMPORTED_ARRIVALS, sources.value(source)).increment();
    }

    @Override
    public Lately lately(String realm, String alias) {
        return recent.of(realm, alias);
    }

    @Override
    public void throttled(String budget) {
        meters.counter(Family.THROTTLED, budgets.value(budget)).increment();
    }
}
