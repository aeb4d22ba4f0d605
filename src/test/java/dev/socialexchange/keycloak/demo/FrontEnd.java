package dev.socialexchange.keycloak.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.socialexchange.keycloak.it.support.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves the page: static files, one that tells it where Keycloak is, and what the realm has noted, which a real front end does not
 * see. All else happens in the browser.
 */
final class FrontEnd implements AutoCloseable {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "svg", "image/svg+xml",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8");

    private static final Set<String> FILES = Set.of(
            "/index.html",
            "/icon.svg",
            "/style.css",
            "/app.js",
            "/explain.js",
            "/oauth.js",
            "/provider.js",
            "/recipe.html",
            "/recipe.js",
            "/view.js",
            "/wire.js",
            "/keycloak-js/keycloak.js");

    /** Of {@code clients/js}, as it is published. */
    private static final Pattern PACKAGE = Pattern.compile("/social-exchange/([a-z0-9-]+\\.js)");

    private final HttpServer server;

    private FrontEnd(HttpServer server) {
        this.server = server;
    }

    /** Takes the port at once, so that a port in use is known before a minute's start; serves later. */
    static FrontEnd open(int port) {
        try {
            return new FrontEnd(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("port %d cannot be used, choose another by -Ddemo.port".formatted(port), e);
        }
    }

    void serve(PageConfig config) {
        server.createContext("/", exchange -> answer(exchange, config));
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, PageConfig config) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String file = path.equals("/") ? "/index.html" : path;
        if (file.equals("/config.json")) {
            send(exchange, config, 200, "application/json", config.json().getBytes(StandardCharsets.UTF_8));
        } else if (file.equals("/events.json")) {
            send(exchange, config, 200, "application/json", events(exchange, config));
        } else if (FILES.contains(file)) {
            send(exchange, config, 200, TYPES.get(file.substring(file.lastIndexOf('.') + 1)), read(file));
        } else if (packaged(file).filter(Files::exists).isPresent()) {
            send(
                    exchange,
                    config,
                    200,
                    TYPES.get("js"),
                    Files.readAllBytes(packaged(file).get()));
        } else {
            send(exchange, config, 404, "text/plain", "Not found".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(HttpExchange exchange, PageConfig config, int status, String type, byte[] body)
            throws IOException {
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

    private static byte[] events(HttpExchange exchange, PageConfig config) {
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        return config.events(query.replaceFirst("^user=", "")).getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Path> packaged(String file) {
        Matcher path = PACKAGE.matcher(file);
        return path.matches()
                ? Optional.of(Workspace.basedir().resolve("clients/js/dist").resolve(path.group(1)))
                : Optional.empty();
    }

    private static byte[] read(String file) throws IOException {
        String folder =
                file.startsWith("/keycloak-js/") ? "/doctor/page" : "/demo"; // the one that the doctor's page has
        try (InputStream resource = FrontEnd.class.getResourceAsStream(folder + file)) {
            if (resource == null) {
                throw new IOException("the page's " + file + " is not on the class path");
            }
            return resource.readAllBytes();
        }
    }
}
