package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** One HTTP client for all that a run asks of its server. */
final class Http {

    static final Duration TIMEOUT = Duration.ofSeconds(60);

    // HTTP/1.1: Keycloak would answer the upgrade request of every new connection
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private static final AtomicLong BEGUN = new AtomicLong();
    private static final AtomicLong ENDED = new AtomicLong();

    private Http() {}

    /** How many requests have been begun, by whomever. */
    static long begun() {
        return BEGUN.get();
    }

    /** Whether some of them have not been answered yet. */
    static boolean busy() {
        return ENDED.get() != BEGUN.get();
    }

    static CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request) {
        BEGUN.incrementAndGet();
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .whenComplete((response, failed) -> ENDED.incrementAndGet());
    }

    static HttpClient client() {
        return CLIENT;
    }

    static HttpResponse<String> send(HttpRequest request) {
        BEGUN.incrementAndGet();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at " + request.uri(), e);
        } finally {
            ENDED.incrementAndGet();
        }
    }

    static String encode(String value) {
        // URLEncoder writes a form's "+" for a space; %20 is right in a form and in a path
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
