package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits for a process of the server, saying now and then that it still does, and explains a failure by the log. */
record ServerStart(Process process, String name, Path log, Consumer<String> progress) {

    private static final Duration LIMIT = Duration.ofSeconds(240);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int POLLS_PER_LINE = 20;
    private static final int LOG_TAIL = 6000;

    void awaitExit() {
        await(() -> !process.isAlive());
        if (process.exitValue() != 0) {
            throw new IllegalStateException(name + " failed" + tail());
        }
    }

    void awaitReady(URI management) {
        await(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended before it was ready" + tail());
            }
            return isReady(management);
        });
    }

    private void await(Condition condition) {
        long start = System.nanoTime();
        try {
            for (int polls = 1; !condition.holds(); polls++) {
                Duration waited = Duration.ofNanos(System.nanoTime() - start);
                if (waited.compareTo(LIMIT) > 0) {
                    throw new IllegalStateException(name + " took longer than " + LIMIT.toSeconds() + " s" + tail());
                }
                if (polls % POLLS_PER_LINE == 0) {
                    progress.accept("%s: %d s".formatted(name, waited.toSeconds()));
                }
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    static boolean isReady(URI management) throws InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(management.resolve("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return Http.client()
                            .send(probe, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String tail() {
        try {
            String text = Files.readString(log, StandardCharsets.UTF_8);
            return ", see " + log + "\n" + text.substring(Math.max(0, text.length() - LOG_TAIL));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws InterruptedException;
    }
}
