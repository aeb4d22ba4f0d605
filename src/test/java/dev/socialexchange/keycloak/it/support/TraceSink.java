package dev.socialexchange.keycloak.it.support;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Takes what a server exports as OTLP over HTTP. Protocol buffers have their texts as they are, which is enough to look for some. */
public final class TraceSink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpServer server;
    private final StringBuffer received = new StringBuffer();

    public TraceSink() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newSingleThreadExecutor());
        server.createContext("/", exchange -> {
            received.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that has come so far. */
    public String received() {
        return received.toString();
    }

    /** Whether it comes within half a minute: a server exports what has gathered now and then. */
    public boolean await(String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!received().contains(text) && System.nanoTime() < end) {
            Tab.pause();
        }
        return received().contains(text);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
