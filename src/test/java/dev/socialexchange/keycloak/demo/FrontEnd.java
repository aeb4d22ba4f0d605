package dev.socialexchange.keycloak.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Serves the page: static files, and one that tells it where Keycloak is. All else happens in the browser. */
final class FrontEnd implements AutoCloseable {

    private static final Map<String, String> FILES = Map.of(
            "/index.html", "text/html; charset=utf-8",
            "/icon.svg", "image/svg+xml",
            "/style.css", "text/css; charset=utf-8",
            "/app.js", "text/javascript; charset=utf-8",
            "/explain.js", "text/javascript; charset=utf-8",
            "/oauth.js", "text/javascript; charset=utf-8",
            "/view.js", "text/javascript; charset=utf-8");

    private final HttpServer server;
    private final PageConfig config;

    private FrontEnd(HttpServer server, PageConfig config) {
        this.server = server;
        this.config = config;
    }

    static FrontEnd start(int port, PageConfig config) {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            FrontEnd page = new FrontEnd(HttpServer.create(new InetSocketAddress(loopback, port), 0), config);
            page.server.createContext("/", page::answer);
            page.server.start();
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException("port %d cannot be used, choose another by -Ddemo.port".formatted(port), e);
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String file = path.equals("/") ? "/index.html" : path;
        if (file.equals("/config.json")) {
            send(exchange, 200, "application/json", config.json().getBytes(StandardCharsets.UTF_8));
        } else if (FILES.containsKey(file)) {
            send(exchange, 200, FILES.get(file), read(file));
        } else {
            send(exchange, 404, "text/plain", "Not found".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        // The page holds tokens: it runs its own script only, and talks to Keycloak only.
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'self'; connect-src 'self' " + config.keycloakUrl());
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream resource = FrontEnd.class.getResourceAsStream("/demo" + file)) {
            if (resource == null) {
                throw new IOException("the page's " + file + " is not on the class path");
            }
            return resource.readAllBytes();
        }
    }
}
