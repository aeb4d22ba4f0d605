package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** A few batches at a time: while the database writes one, the server reads the next. What is said of them comes in their order. */
final class Lanes implements AutoCloseable {

    /** What is sent. */
    interface Sending {
        JsonNode send(Batch batch) throws IOException, InterruptedException;
    }

    /** What is under way. */
    private record Sent(Batch batch, Future<JsonNode> report) {}

    private final int number;
    private final Sending sending;
    private final BiConsumer<Batch, JsonNode> reports;
    private final ExecutorService threads;
    private final Deque<Sent> under = new ArrayDeque<>();

    /** @param reports are handed over by the caller's thread */
    Lanes(int number, Sending sending, BiConsumer<Batch, JsonNode> reports) {
        this.number = number;
        this.sending = sending;
        this.reports = reports;
        this.threads = Executors.newFixedThreadPool(number);
    }

    /** Waits for a lane that is free. */
    void send(Batch batch) throws IOException, InterruptedException {
        if (under.size() == number) {
            take();
        }
        under.add(new Sent(batch, threads.submit(() -> sending.send(batch))));
    }

    /** Until nothing is under way. */
    void drain() throws IOException, InterruptedException {
        while (!under.isEmpty()) {
            take();
        }
    }

    private void take() throws IOException, InterruptedException {
        Sent first = under.remove();
        try {
            reports.accept(first.batch(), first.report().get());
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause().getMessage(), failed.getCause());
        }
    }

    /** What is under way may still arrive; nobody waits for it. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
