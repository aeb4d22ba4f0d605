package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Outcome.Cause;
import dev.socialexchange.keycloak.net.Outcome.Failure;
import dev.socialexchange.keycloak.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.http.impl.client.CloseableHttpClient;

/**
 * {@link ProviderCalls} over Keycloak's own HTTP client, so that its proxy mappings, truststore and pool apply. The first
 * call runs on the request's thread, the others beside it.
 */
final class HttpProviderCalls implements ProviderCalls {
    private final CloseableHttpClient client;
    private final Supplier<Caller> caller;
    private final CallingNode node;
    private final Telemetry telemetry;
    /** Hosts that have answered about the token at hand. */
    private final Set<String> asked = new HashSet<>();

    /** @param caller asked on the request's thread */
    HttpProviderCalls(CloseableHttpClient client, Supplier<Caller> caller, CallingNode node, Telemetry telemetry) {
        this.client = client;
        this.caller = caller;
        this.node = node;
        this.telemetry = telemetry;
    }

    @Override
    public List<Outcome> sideBySide(List<Call> calls, Deadline deadline) {
        List<Call> distinct = calls.stream().distinct().toList();
        List<Outcome> outcomes = send(distinct, caller.get(), deadline);
        Map<Call, Outcome> byCall = new LinkedHashMap<>();
        for (Call call : distinct) {
            Outcome outcome = outcomes.get(byCall.size());
            byCall.put(call, outcome);
            if (outcome instanceof Outcome.Answer) {
                asked.add(host(call));
            }
        }
        return calls.stream().map(byCall::get).toList();
    }

    @Override
    public long now() {
        return node.clock().getAsLong();
    }

    @Override
    public Deadline within(Duration duration) {
        return Deadline.in(duration, node.clock());
    }

    @Override
    public Outcome sendForEverybody(Call call, Deadline deadline) {
        return send(List.of(call), Caller.EVERYBODY, deadline).get(0);
    }

    private List<Outcome> send(List<Call> calls, Caller by, Deadline deadline) {
        Set<String> hosts = calls.stream().map(HttpProviderCalls::host).collect(Collectors.toSet());
        try (HostShares.Share share = acquire(node.shares(), hosts, by, deadline)) {
            if (!share.granted()) {
                telemetry
                        .recorder()
                        .shareRefused(Call.withoutCredentials(share.refusedBy()), CallOutcomes.of(share.refusal()));
                return calls.stream()
                        .<Outcome>map(call -> new Failure(share.refusal()))
                        .toList();
            }
            List<Outcome> outcomes = exchange(calls, deadline);
            share.used(outcomes.stream().allMatch(Outcome.Answer.class::isInstance));
            return outcomes;
        }
    }

    private List<Outcome> exchange(List<Call> calls, Deadline deadline) {
        List<FutureTask<Outcome>> others = calls.stream()
                .skip(1)
                .map(call -> telemetry.spans().here(() -> exchange(call, deadline)))
                .map(call -> new FutureTask<>(call::get))
                .toList();
        others.forEach(node.threads()::execute);
        List<Outcome> outcomes = new ArrayList<>(calls.size());
        outcomes.add(exchange(calls.get(0), deadline));
        others.forEach(other -> outcomes.add(await(other, deadline)));
        return outcomes;
    }

    private HostShares.Share acquire(HostShares shares, Collection<String> of, Caller by, Deadline deadline) {
        long begun = now();
        telemetry.recorder().waiting(1);
        try {
            HostShares.Share share = shares.acquire(of, by, deadline);
            telemetry.recorder().waited(share.granted() ? "granted" : CallOutcomes.of(share.refusal()), now() - begun);
            return share;
        } finally {
            telemetry.recorder().waiting(-1);
        }
    }

    private Outcome exchange(Call call, Deadline deadline) {
        return telemetry.spans().around("provider call", span -> {
            long begun = now();
            Outcome outcome =
                    telemetry.spans().unseen(() -> new HttpExchange(client, node.timer()).run(call, deadline));
            String what = CallOutcomes.of(outcome);
            span.setAttribute("server.address", Call.withoutCredentials(host(call)))
                    .setAttribute("http.request.method", call.method())
                    .setAttribute("social_exchange.outcome", what);
            telemetry.recorder().called(Call.withoutCredentials(host(call)), what, now() - begun);
            return outcome;
        });
    }

    private static String host(Call call) {
        return call.uri().getAuthority();
    }

    /** The other thread keeps the deadline by itself; the extra moment only guards against its dying. */
    private static Outcome await(FutureTask<Outcome> task, Deadline deadline) {
        try {
            return task.get(deadline.remainingMillis() + 100L, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Failure(Cause.CONNECTION);
        } catch (TimeoutException | CancellationException late) {
            task.cancel(true);
            return new Failure(Cause.DEADLINE);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public <T> Loaded<T> load(Load<T> load, Deadline deadline) {
        Optional<Loaded<Object>> kept = node.loads().kept(load.name(), load.freshFor());
        Loaded<Object> loaded = kept.isPresent() ? kept.get() : waitFor(load, deadline);
        return new Loaded<>(loaded.begun(), load.type().cast(loaded.value()));
    }

    /** Who waits for a load has a share of it, as of a host. */
    private Loaded<Object> waitFor(Load<?> load, Deadline deadline) {
        try (HostShares.Share share = acquire(node.loadShares(), List.of(load.name()), Caller.EVERYBODY, deadline)) {
            if (!share.granted()) {
                telemetry.recorder().shareRefused("key sets", CallOutcomes.of(share.refusal()));
                throw share.refusal().refusal();
            }
            share.used(false); // unless it is heard of
            Optional<Loaded<Object>> loaded =
                    node.loads().load(load.name(), deadline, load.freshFor(), load.pause(), load.load());
            share.used(loaded.isPresent());
            return loaded.orElseThrow(Cause.DEADLINE::refusal);
        }
    }

    @Override
    public Optional<ExchangeException> refusedJustNow(List<String> question) {
        return node.refusals().find(question);
    }

    @Override
    public void accepted() {
        settle(true);
    }

    @Override
    public void refused(List<String> question, ExchangeException refusal) {
        if (!asked.isEmpty()) {
            node.refusals().remember(question, refusal);
            settle(false);
        }
    }

    private void settle(boolean accepted) {
        asked.forEach(host -> node.shares().settle(host, caller.get(), accepted));
        asked.clear();
    }

    @Override
    public void close() {
        // everything belongs to the factory
    }
}
