package dev.socialexchange.keycloak.it.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server, which does all that is asked for; but after some answers of a door's no further one gets through. */
public final class LostAnswers implements AutoCloseable {
    private final HttpServer front;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final URI server;
    private final String door;
    private final AtomicInteger answers;
    private final CountDownLatch lost = new CountDownLatch(1);

    /**
     * @param door the end of its path
     * @param answers that get through
     */
    public LostAnswers(KeycloakServer server, String door, int answers) {
        this.server = server.url();
        this.door = door;
        this.answers = new AtomicInteger(answers);
        try {
            front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        front.setExecutor(threads);
        front.createContext("/", this::forward);
        front.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    private void forward(HttpExchange exchange) throws IOException {
        HttpResponse<String> answer = Http.send(request(exchange));
        if (exchange.getRequestURI().getPath().endsWith(door) && answers.decrementAndGet() < 0) {
            lost.countDown(); // the connection stays open: it is waited for
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.resolve(exchange.getRequestURI().toString()))
                .timeout(Http.TIMEOUT)
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        for (String header : new String[] {"Authorization", "Content-Type"}) {
            if (exchange.getRequestHeaders().containsKey(header)) {
                request.header(header, exchange.getRequestHeaders().getFirst(header));
            }
        }
        return request.build();
    }

    /** @return whether one is lost by now; not if that takes a minute */
    public boolean await() throws InterruptedException {
        return lost.await(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        front.stop(0);
        threads.shutdown();
    }
}
