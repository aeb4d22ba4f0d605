package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.telemetry.Telemetry;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Owns what outlives a request: the threads for side-by-side calls, the timer that aborts, the hosts' shares, brief memories. */
public final class HttpProviderCallsFactory implements ProviderCallsFactory {
    static final String MAX_PER_HOST = "max-per-host";
    static final String MAX_THREADS = "max-threads";
    /** Keycloak has about 50 request threads: one provider that hangs must leave enough of them for everybody else. */
    private static final int DEFAULT_MAX_PER_HOST = 32;

    private static final int DEFAULT_MAX_THREADS = 64;
    private static final int IDLE_SECONDS = 60;

    private CallingNode node;
    private ThreadPoolExecutor threads;
    private ScheduledThreadPoolExecutor timer;

    @Override
    public ProviderCalls create(KeycloakSession session) {
        ProviderCalls calls = new HttpProviderCalls(
                session.getProvider(HttpClientProvider.class).getHttpClient(),
                () -> Caller.of(session.getContext()),
                node,
                Telemetry.of(session));
        return Rehearsal.is(session) ? new RehearsedCalls(calls) : calls;
    }

    @Override
    public void init(Config.Scope config) {
        // Keycloak's own ExecutorsProvider never grows past its core threads, and a queue would add waiting to every
        // call.
        threads = new ThreadPoolExecutor(
                0,
                config.getInt(MAX_THREADS, DEFAULT_MAX_THREADS),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons("social-exchange-call-"),
                new ThreadPoolExecutor.CallerRunsPolicy());
        timer = new ScheduledThreadPoolExecutor(1, daemons("social-exchange-deadline-"));
        timer.setRemoveOnCancelPolicy(true);
        node = new CallingNode(config.getInt(MAX_PER_HOST, DEFAULT_MAX_PER_HOST), threads, timer, System::nanoTime);
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
        timer.shutdownNow();
    }

    @Override
    public String getId() {
        return "default";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(MAX_PER_HOST)
                .type("int")
                .helpText(
                        "How many exchanges call one provider host at the same time on this node. While the host answers, as"
                                + " many again wait a moment for their turn.")
                .defaultValue(DEFAULT_MAX_PER_HOST)
                .add()
                .property()
                .name(MAX_THREADS)
                .type("int")
                .helpText("How many threads this node uses to call providers side by side.")
                .defaultValue(DEFAULT_MAX_THREADS)
                .add()
                .build();
    }
}
