package dev.socialexchange.keycloak.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on this machine that remembers what it was asked. */
abstract class PlayedServer implements AutoCloseable {
    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** @param authorization empty if there is none */
    record Asked(String request, String authorization, String body) {
        JsonNode json() {
            return Json.read(body).orElseThrow();
        }
    }

    record Said(int status, String body) {}

    PlayedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    abstract Said said(Asked asked);

    List<Asked> asked() {
        return asked;
    }

    List<String> requests() {
        return asked.stream().map(Asked::request).toList();
    }

    Asked asked(String request) {
        return asked.stream()
                .filter(one -> one.request().equals(request))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError(request + " was not asked, but " + requests()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Asked one = new Asked(
                    exchange.getRequestMethod() + ' ' + exchange.getRequestURI(),
                    authorization == null ? "" : authorization,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(one);
            Said said = said(one);
            byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
