package dev.socialexchange.keycloak.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A fixed number of connections, each of which sends its next request when it has the answer to the last one. They begin one
 * after the other before the turn is measured: in lockstep they would wait for each other at every step of a slow provider,
 * which is a thing of the load and not of the server.
 */
final class Load implements AutoCloseable {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final Duration LEFT_ALONE = Duration.ofMillis(20);
    private static final Duration LEAD_IN = Duration.ofMillis(300);

    private final List<WireConnection> connections = new ArrayList<>();
    private final ExecutorService threads;
    private final Supplier<Duration> serverCpu;

    Load(URI server, int connections, Supplier<Duration> serverCpu) throws IOException {
        for (int i = 0; i < connections; i++) {
            this.connections.add(new WireConnection(server));
        }
        this.threads = Executors.newFixedThreadPool(connections);
        this.serverCpu = serverCpu;
    }

    /** @throws IllegalStateException at the first answer that is neither a success nor a refusal for a moment */
    Turn run(Requests requests, Duration length) throws InterruptedException {
        requests.prepare();
        long now = System.nanoTime();
        long begin = now + LEAD_IN.toNanos();
        long end = begin + length.toNanos();
        List<Future<Answers>> running = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            WireConnection connection = connections.get(i);
            long first = now + i * LEAD_IN.toNanos() / connections.size();
            running.add(threads.submit(() -> run(connection, requests, first, begin, end)));
        }
        sleepUntil(begin);
        Duration cpuBefore = serverCpu.get();
        List<Double> millis = new ArrayList<>();
        int refused = 0;
        for (Future<Answers> one : running) {
            try {
                millis.addAll(one.get().millis());
                refused += one.get().refused();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the turn cannot be finished", e.getCause());
            }
        }
        return new Turn(millis, refused, length, serverCpu.get().minus(cpuBefore));
    }

    private record Answers(List<Double> millis, int refused) {}

    private static Answers run(WireConnection connection, Requests requests, long first, long begin, long end)
            throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        int refused = 0;
        sleepUntil(first);
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            WireConnection.Reply reply = connection.send(requests.next());
            long now = System.nanoTime();
            if (reply.status() == UNAVAILABLE) {
                refused++;
                TimeUnit.MILLISECONDS.sleep(LEFT_ALONE.toMillis());
            } else if (reply.status() != OK) {
                throw new IllegalStateException(
                        reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8));
            } else if (now >= begin && now < end) {
                millis.add((now - start) / 1e6);
            }
        }
        return new Answers(millis, refused);
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        for (WireConnection connection : connections) {
            try {
                connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
