package dev.socialexchange.keycloak.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultTest {

    private static final String USERINFO = "acme.example/userinfo";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Simulator simulator = Simulator.start(0);
    private final Caller caller = new Caller(simulator);
    private final String token = simulator.acme().accessToken("acme-client", People.ADA);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void answersInsteadOfTheProviderUntilCleared() {
        fault(Fault.status(503));
        assertThat(userinfo().status()).isEqualTo(503);
        fault(Fault.json(429, "{\"error\":\"slow_down\"}", Map.of("Retry-After", "7")));
        assertThat(userinfo().header("retry-after")).isEqualTo("7");
        fault(Fault.body("not json"));
        assertThat(userinfo().body()).isEqualTo("not json");
        fault(Fault.redirect("http://169.254.169.254/"));
        assertThat(userinfo().header("location")).isEqualTo("http://169.254.169.254/");
        fault(Fault.altered(body -> {
            body.put("sub", "somebody-else");
            return body;
        }));
        assertThat(userinfo().json().get("sub").textValue()).isEqualTo("somebody-else");

        simulator.clearFaults();

        assertThat(userinfo().json().get("sub").textValue()).isEqualTo(People.ADA.id());
    }

    @Test
    void concernsOnlyItsHostItsPathAndItsToken() {
        String other = simulator.acme().accessToken("acme-client", People.ADA);
        simulator.fault("acme.example", "/userinfo", Fault.status(500).forToken(token));
        simulator.fault("acme.example", "/introspect", Fault.status(500));

        assertThat(userinfo().status()).isEqualTo(500);
        assertThat(caller.get(USERINFO, "Authorization", "Bearer " + other).status())
                .isEqualTo(200);
        assertThat(caller.get("acme.example/jwks").status()).isEqualTo(200);
    }

    @Test
    void lateAnswersHoldNoThreadsAndDoNotQueue() {
        fault(Fault.latency(Duration.ofSeconds(1)));
        long start = System.nanoTime();

        List<CompletableFuture<Integer>> answers =
                IntStream.range(0, 64).mapToObj(i -> asynchronously()).toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));
    }

    @Test
    void requestsThatHangForeverHoldUpNobody() throws Exception {
        simulator.fault("acme.example", "/userinfo", Fault.hang().forToken(token));
        List<CompletableFuture<Integer>> hanging =
                IntStream.range(0, 128).mapToObj(i -> asynchronously()).toList();

        while (simulator.requests("acme.example", "/userinfo").size() < hanging.size()) {
            Thread.sleep(10);
        }
        assertThat(caller.get("acme.example/jwks").status()).isEqualTo(200);
        assertThat(hanging).noneMatch(CompletableFuture::isDone);

        simulator.clearFaults();

        assertThat(hanging)
                .allSatisfy(answer -> assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class));
    }

    @Test
    void drippingAnswerArrivesWholeButSlowly() {
        fault(Fault.drip(Duration.ofMillis(2)));
        long start = System.nanoTime();

        assertThat(userinfo().json().get("sub").textValue()).isEqualTo(People.ADA.id());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void hugeBodyIsSixtyFourMebibytes() throws Exception {
        fault(Fault.hugeBody());
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + "/" + USERINFO))
                .build();

        try (InputStream body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body.skip(Long.MAX_VALUE)).isGreaterThanOrEqualTo(64L << 20);
        }
    }

    @Test
    void connectionsAreCutBeforeAndAmidTheAnswer() {
        fault(Fault.cut());
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::userinfo);
        fault(Fault.cutMidway());
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::userinfo);
    }

    @Test
    void requestsAreRecordedInOrder() {
        userinfo();
        caller.get("acme.example/jwks?x=1");

        assertThat(simulator.requests("acme.example", null))
                .extracting(Request::path)
                .containsExactly("/userinfo", "/jwks");
        assertThat(simulator.requests("acme.example", "/userinfo").get(0).carries(token))
                .isTrue();
    }

    private void fault(Fault fault) {
        simulator.fault("acme.example", "/userinfo", fault);
    }

    private Caller.Answer userinfo() {
        return caller.get(USERINFO, "Authorization", "Bearer " + token);
    }

    private CompletableFuture<Integer> asynchronously() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + "/" + USERINFO))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + token)
                // unlike a GET, not tried again by the client when its connection breaks
                .POST(BodyPublishers.noBody())
                .build();
        return CLIENT.sendAsync(request, BodyHandlers.ofString()).thenApply(answer -> answer.statusCode());
    }
}
