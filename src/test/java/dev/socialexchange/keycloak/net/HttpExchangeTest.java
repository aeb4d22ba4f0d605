package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.DefaultHttpRequestRetryHandler;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpExchangeTest {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int LIMIT = 256 * 1024;

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CloseableHttpClient client = HttpClients.createDefault();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        server.stop(0);
        workers.shutdownNow();
        timer.shutdownNow();
        client.close();
    }

    @Test
    void readsAnswerOfAnyStatusWithItsHeaders() {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.sendResponseHeaders(429, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.US_ASCII));
        });

        Outcome.Answer answer = (Outcome.Answer) run(LONG, true);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("retry-after")).contains("7");
        assertThat(answer.json()).isPresent();
    }

    @Test
    void acceptsAnswerUpToTheLimitAndNoByteMore() {
        AtomicInteger size = new AtomicInteger(LIMIT);
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0); // chunked: the length is not told beforehand
            exchange.getResponseBody().write(new byte[size.get()]);
        });

        assertThat(run(LONG, true)).isInstanceOf(Outcome.Answer.class);
        size.incrementAndGet();
        assertThat(run(LONG, true)).isEqualTo(new Outcome.Failure(Outcome.Cause.ANSWER_TOO_LARGE));
    }

    @Test
    void callSaysItselfHowLongAnAnswerMayBe() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[2 * LIMIT]);
        });

        assertThat(run(2 * LIMIT)).isInstanceOf(Outcome.Answer.class);
        assertThat(run(2 * LIMIT - 1)).isEqualTo(new Outcome.Failure(Outcome.Cause.ANSWER_TOO_LARGE));
    }

    private Outcome run(int longestAnswer) {
        return new HttpExchange(client, timer)
                .run(new Call("GET", uri(), Map.of(), null, true, longestAnswer), Deadline.in(LONG, System::nanoTime));
    }

    @Test
    void abortsAnAnswerThatDrips() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (!over.await(50, TimeUnit.MILLISECONDS)) {
                body.write(' ');
                body.flush();
            }
        });

        assertEndsAtDeadline();
    }

    @Test
    void abortsAnAnswerThatNeverBegins() {
        serve(exchange -> over.await());

        assertEndsAtDeadline();
    }

    /** A moment before it, the call would look like one whose connection has failed. */
    @Test
    void endsNoMomentBeforeItsDeadline() {
        serve(exchange -> over.await());

        for (int i = 0; i < 100; i++) {
            assertThat(run(Duration.ofNanos(5_999_999), true))
                    .extracting("cause")
                    .isEqualTo(Outcome.Cause.DEADLINE);
        }
    }

    @Test
    void doesNotFollowRedirects() {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });

        assertThat(((Outcome.Answer) run(LONG, true)).status()).isEqualTo(302);
        assertThat(requests).hasValue(1);
    }

    @Test
    void repeatsAPostOnceAfterAConnectionThatWasDeadUnlessItMustNot() {
        serve(com.sun.net.httpserver.HttpExchange::close);

        assertThat(post(client, true)).isEqualTo(new Outcome.Failure(Outcome.Cause.CONNECTION, Trouble.CUT));
        assertThat(requests.getAndSet(0)).isEqualTo(2);
        assertThat(post(client, false)).isEqualTo(new Outcome.Failure(Outcome.Cause.CONNECTION, Trouble.CUT));
        assertThat(requests).hasValue(1);
    }

    @Test
    void sendsACodeOnceThoughTheServerIsToldToRetry() throws IOException {
        serve(com.sun.net.httpserver.HttpExchange::close);

        try (CloseableHttpClient retrying = HttpClients.custom()
                .setRetryHandler(new DefaultHttpRequestRetryHandler(3, true))
                .build()) {
            assertThat(post(retrying, false)).isEqualTo(new Outcome.Failure(Outcome.Cause.CONNECTION, Trouble.CUT));
        }

        assertThat(requests).hasValue(1);
    }

    @Test
    void addsNoAttemptsOfItsOwnToTheClientsForAGet() {
        serve(com.sun.net.httpserver.HttpExchange::close);

        assertThat(run(LONG, true)).isEqualTo(new Outcome.Failure(Outcome.Cause.CONNECTION, Trouble.CUT));
        assertThat(requests.get()).isBetween(1, 4);
    }

    private Outcome post(CloseableHttpClient by, boolean repeatable) {
        Call.Body body = Call.Body.form(Map.of("code", "once"));
        return new HttpExchange(by, timer)
                .run(new Call("POST", uri(), Map.of(), body, repeatable), Deadline.in(LONG, System::nanoTime));
    }

    @Test
    void providerThatIsNotThereIsAFailedConnection() {
        server.stop(0);

        assertThat(run(LONG, true)).isEqualTo(new Outcome.Failure(Outcome.Cause.CONNECTION, Trouble.REFUSED));
    }

    @Test
    void sendsNothingAfterTheDeadline() {
        serve(exchange -> exchange.sendResponseHeaders(200, -1));

        assertThat(run(Duration.ZERO, true)).isEqualTo(new Outcome.Failure(Outcome.Cause.DEADLINE));
        assertThat(requests).hasValue(0);
    }

    private void assertEndsAtDeadline() {
        long start = System.nanoTime();
        Outcome outcome = run(SHORT, true);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(outcome).isEqualTo(new Outcome.Failure(Outcome.Cause.DEADLINE));
        assertThat(took).isBetween(SHORT, SHORT.plusSeconds(20));
        assertThat(requests).as("not sent again").hasValue(1);
    }

    private Outcome run(Duration deadline, boolean repeatable) {
        return new HttpExchange(client, timer)
                .run(new Call("GET", uri(), Map.of(), null, repeatable), Deadline.in(deadline, System::nanoTime));
    }

    private URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    private interface Handler {
        void handle(com.sun.net.httpserver.HttpExchange exchange) throws IOException, InterruptedException;
    }

    private void serve(Handler handler) {
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            try {
                handler.handle(exchange);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
    }
}
