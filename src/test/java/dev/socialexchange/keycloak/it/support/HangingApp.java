package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The back end of an app that hears of logouts (OpenID Connect Back-Channel Logout 1.0), and answers none until it is closed. */
public final class HangingApp implements AutoCloseable {
    private static final String FIELD = "logout_token=";

    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    public HangingApp() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            awaitEnd();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    public App in(OwnRealm realm) {
        return App.of(realm, client -> client.withObject("/attributes")
                .put(
                        "backchannel.logout.url",
                        "http://localhost:" + server.getAddress().getPort() + "/")
                .put("backchannel.logout.session.required", "true"));
    }

    /** The claims of the logout token that has come; empty if none does within half a minute. */
    public Optional<JsonNode> told() throws InterruptedException {
        return Optional.ofNullable(told.poll(30, TimeUnit.SECONDS))
                .filter(form -> form.startsWith(FIELD))
                .map(form -> Json.claims(form.substring(FIELD.length())));
    }

    private void awaitEnd() {
        try {
            closing.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
