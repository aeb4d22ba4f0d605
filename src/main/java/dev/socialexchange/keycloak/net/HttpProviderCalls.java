package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.net.Outcome.Cause;
import dev.socialexchange.keycloak.net.Outcome.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.http.impl.client.CloseableHttpClient;

/**
 * {@link ProviderCalls} over Keycloak's own HTTP client, so that its proxy mappings, truststore and pool apply. The first
 * call runs on the request's thread, the others beside it.
 */
final class HttpProviderCalls implements ProviderCalls {
    private final CloseableHttpClient client;
    private final HostShares shares;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;

    HttpProviderCalls(
            CloseableHttpClient client, HostShares shares, ExecutorService threads, ScheduledExecutorService timer) {
        this.client = client;
        this.shares = shares;
        this.threads = threads;
        this.timer = timer;
    }

    @Override
    public List<Outcome> sideBySide(List<Call> calls, Deadline deadline) {
        List<String> hosts =
                calls.stream().map(call -> call.uri().getAuthority()).toList();
        try (HostShares.Share share = shares.acquire(hosts).orElse(null)) {
            if (share == null) {
                return calls.stream()
                        .<Outcome>map(call -> new Failure(Cause.SHARE_EXHAUSTED))
                        .toList();
            }
            List<FutureTask<Outcome>> others = calls.stream()
                    .skip(1)
                    .map(call -> new FutureTask<>(() -> exchange(call, deadline)))
                    .toList();
            others.forEach(threads::execute);
            List<Outcome> outcomes = new ArrayList<>(calls.size());
            outcomes.add(exchange(calls.get(0), deadline));
            others.forEach(other -> outcomes.add(await(other, deadline)));
            return outcomes;
        }
    }

    @Override
    public <T> Optional<T> waitingFor(String resource, Supplier<T> work) {
        try (HostShares.Share share = shares.acquire(List.of(resource)).orElse(null)) {
            return share == null ? Optional.empty() : Optional.of(work.get());
        }
    }

    private Outcome exchange(Call call, Deadline deadline) {
        return new HttpExchange(client, timer).run(call, deadline);
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
    public void close() {
        // everything belongs to the factory
    }
}
