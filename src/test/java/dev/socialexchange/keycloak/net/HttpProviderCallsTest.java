package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Outcome.Answer;
import dev.socialexchange.keycloak.net.Outcome.Cause;
import dev.socialexchange.keycloak.net.Outcome.Failure;
import dev.socialexchange.keycloak.net.ProviderCalls.Load;
import dev.socialexchange.keycloak.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpProviderCallsTest {
    private static final int PLACES = 2;
    private static final Caller SOMEBODY = new Caller("realm", "client", "198.51.100.1");
    private static final List<String> QUESTION = List.of("realm", "token");
    private static final ExchangeException REFUSAL =
            ExchangeException.refuse(ExchangeError.TOKEN_INVALID, "The token is not valid", "refused_by_provider");

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CloseableHttpClient client = HttpClients.createDefault();
    private final CallingNode node = new CallingNode(PLACES, workers, timer, () -> 0);
    private final HttpProviderCalls calls = calls(client, SOMEBODY);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                await();
            }
            byte[] body = ('"' + exchange.getRequestURI().getPath() + '"').getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        release.countDown();
        server.stop(0);
        workers.shutdownNow();
        timer.shutdownNow();
        client.close();
    }

    @Test
    void callsThatAreEqualAreSentOnceAndAnsweredEach() {
        List<Outcome> outcomes = calls.sideBySide(List.of(get("/me"), get("/other"), get("/me")), soon());

        assertThat(outcomes.stream().map(HttpProviderCallsTest::text)).containsExactly("/me", "/other", "/me");
        assertThat(requests).hasValue(2);
    }

    @Test
    void callsThatDifferInAHeaderOrABodyAreNotEqual() {
        Call with = new Call("GET", get("/me").uri(), Map.of("Authorization", "Bearer a"), null, true);
        Call form = new Call("POST", get("/me").uri(), Map.of(), Call.Body.form(Map.of("a", "b")), true);
        Call another = new Call("POST", get("/me").uri(), Map.of(), Call.Body.form(Map.of("a", "c")), true);

        assertThat(calls.sideBySide(List.of(get("/me"), with, form, another), soon()))
                .hasSize(4)
                .allMatch(Answer.class::isInstance);
        assertThat(requests).hasValue(4);
    }

    @Test
    void aPlaceIsGivenBackWhenTheClientBreaks() throws IOException {
        CloseableHttpClient closed = HttpClients.createDefault();
        closed.close();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> calls(closed, SOMEBODY).send(get("/me"), soon()))
                    .isInstanceOf(IllegalStateException.class);
        }

        assertThat(calls.send(get("/me"), soon())).isInstanceOf(Answer.class);
    }

    @Test
    void whoIsOverTheShareOfAHostThatAnswersIsToldSoAndNotThatItCannotBeReached() throws Exception {
        List<Future<Outcome>> held = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            held.add(workers.submit(this::slow));
        }
        while (requests.get() < PLACES) {
            assertThat(held).noneMatch(Future::isDone);
            TimeUnit.MILLISECONDS.sleep(1);
        }
        List<Waiter<Outcome>> waiting = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            waiting.add(Waiter.thatWaits(this::slow));
        }

        Outcome over = calls.send(get("/me"), soon());

        assertThat(over).isEqualTo(new Failure(Cause.BUSY_HERE));
        ExchangeException refusal = ((Failure) over).cause().refusal();
        assertThat(refusal.error()).isEqualTo(ExchangeError.PROVIDER_UNAVAILABLE);
        assertThat(refusal.detail()).isEqualTo("provider_busy_here");
        assertThat(refusal.getMessage()).contains("Too many are waiting").doesNotContain("reached");
        release.countDown();
        for (Future<Outcome> one : held) {
            assertThat(one.get()).isInstanceOf(Answer.class);
        }
        for (Waiter<Outcome> one : waiting) {
            assertThat(one.outcome()).isInstanceOf(Answer.class);
        }
    }

    private Outcome slow() {
        return calls(client, Caller.EVERYBODY).send(get("/slow"), soon());
    }

    @Test
    void remembersARefusalOfWhatTheProviderWasAskedAbout() {
        calls.send(get("/me"), soon());
        calls.refused(QUESTION, REFUSAL);

        assertThat(calls(client, SOMEBODY).refusedJustNow(QUESTION)).containsSame(REFUSAL);
    }

    @Test
    void remembersNoRefusalThatNoAnswerOfTheProviderLedTo() {
        calls.refused(QUESTION, REFUSAL);
        calls.sendForEverybody(get("/keys"), soon());
        calls.refused(QUESTION, REFUSAL);
        server.stop(0);
        calls.send(get("/me"), soon());
        calls.refused(QUESTION, REFUSAL);

        assertThat(calls.refusedJustNow(QUESTION)).isEmpty();
    }

    @Test
    void neitherAGoodTokenNorARefusalBeforeItSpeaksAgainstTheNext() {
        calls.send(get("/me"), soon());
        calls.accepted();
        calls.refused(QUESTION, REFUSAL);

        assertThat(calls.refusedJustNow(QUESTION)).isEmpty();
    }

    @Test
    void whatABrokenLoadThrowsReachesTheCallerAndItsPlaceIsFreeAgain() {
        for (int i = 0; i < 3 * PLACES; i++) {
            assertThatThrownBy(() -> calls.load(
                            new Load<>("keys", String.class, Duration.ZERO, Duration.ZERO, () -> {
                                throw REFUSAL;
                            }),
                            soon()))
                    .isSameAs(REFUSAL);
        }

        assertThat(calls.load(new Load<>("keys", String.class, Duration.ZERO, Duration.ZERO, () -> "loaded"), soon())
                        .value())
                .isEqualTo("loaded");
    }

    private HttpProviderCalls calls(CloseableHttpClient by, Caller caller) {
        return new HttpProviderCalls(by, () -> caller, node, Telemetry.NONE);
    }

    /** By the node's clock, which stands still: nobody is sent away because the machine is slow. */
    private Deadline soon() {
        return calls.within(Duration.ofSeconds(60));
    }

    private Call get(String path) {
        return new Call(
                "GET", URI.create("http://localhost:" + server.getAddress().getPort() + path), Map.of(), null, true);
    }

    private static String text(Outcome outcome) {
        return ((Answer) outcome).json().orElseThrow().asText();
    }

    private void await() {
        try {
            release.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
