package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.net.Outcome.Answer;
import dev.socialexchange.keycloak.net.Outcome.Cause;
import dev.socialexchange.keycloak.net.Outcome.Failure;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.http.HttpHost;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TroubleTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    /** A label of more than 63 letters (RFC 1035 §2.3.4): no name server is asked, and none has to answer in time. */
    private static final String NO_NAME = "x".repeat(64) + ".invalid";

    private static final Simulator PROVIDERS = Simulator.start(0);
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor();

    @AfterAll
    static void stop() {
        PROVIDERS.close();
        TIMER.shutdownNow();
    }

    @Test
    void nameThatLeadsNowhere() {
        assertThat(behind(null, "https://" + NO_NAME + "/jwks")).isEqualTo(connection(Trouble.NAME_UNKNOWN));
    }

    @Test
    void hostThatTurnsConnectionsAway() throws IOException {
        assertThat(behind(null, "http://localhost:" + freePort())).isEqualTo(connection(Trouble.REFUSED));
    }

    @Test
    void certificateOfNobodyWhomThisServerTrusts() {
        assertThat(behind(PROVIDERS.proxyUrl(), "https://acme.example/jwks"))
                .isEqualTo(connection(Trouble.CERTIFICATE));
    }

    @Test
    void hostThatDoesNotEncrypt() throws IOException {
        try (ServerSocket plain = answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            assertThat(behind(null, "https://localhost:" + plain.getLocalPort()))
                    .isEqualTo(connection(Trouble.TLS));
        }
    }

    @Test
    void proxyThatIsNotThere() throws IOException {
        assertThat(behind("http://localhost:" + freePort(), "https://acme.example/jwks"))
                .isEqualTo(connection(Trouble.PROXY_DOWN));
        assertThat(behind("http://" + NO_NAME + ":3128", "https://acme.example/jwks"))
                .isEqualTo(connection(Trouble.PROXY_DOWN));
    }

    /** A proxy's 403 is no provider's: as one it would say that somebody's token is bad. */
    @Test
    void proxyThatLetsNobodyThroughIsNotTheProvider() throws IOException {
        try (ServerSocket proxy = answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(behind("http://localhost:" + proxy.getLocalPort(), "https://acme.example/jwks"))
                    .isEqualTo(connection(Trouble.PROXY_REFUSED));
        }
    }

    @Test
    void whatAProviderAnswersThroughATunnelIsTheProviders() throws IOException {
        try (CloseableHttpClient trusting = HttpClients.custom()
                .setProxy(HttpHost.create(PROVIDERS.proxyUrl()))
                .setSSLContext(LoopbackCalls.trusting(PROVIDERS.caCertificatePem()))
                .build()) {
            Outcome outcome = call(trusting, "https://api.github.com/user");

            assertThat(outcome).isInstanceOf(Answer.class);
            assertThat(((Answer) outcome).status()).isEqualTo(401);
        }
    }

    private static Failure connection(Trouble trouble) {
        return new Failure(Cause.CONNECTION, trouble);
    }

    private static ServerSocket answering(String answer) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(() -> serve(listener, answer.getBytes(StandardCharsets.US_ASCII)));
        serving.setDaemon(true);
        serving.start();
        return listener;
    }

    private static void serve(ServerSocket listener, byte[] answer) {
        try {
            while (true) {
                try (Socket caller = listener.accept()) {
                    assertThat(caller.getInputStream().read(new byte[4096])).isPositive();
                    caller.getOutputStream().write(answer);
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    /** @param proxy {@code null} for none */
    private static Outcome behind(String proxy, String url) {
        try (CloseableHttpClient client = HttpClients.custom()
                .setProxy(proxy == null ? null : HttpHost.create(proxy))
                .build()) {
            return call(client, url);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Outcome call(CloseableHttpClient client, String url) {
        return new HttpExchange(client, TIMER)
                .run(
                        new Call("GET", URI.create(url), Map.of("User-Agent", "test"), null, true),
                        Deadline.in(LONG, System::nanoTime));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
