package dev.socialexchange.keycloak.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Plays the token endpoint and the admin API of the realm {@code social}, and remembers what it was asked. */
final class AdminServer implements AutoCloseable {
    static final String TOKENS = "POST /realms/social/protocol/openid-connect/token";
    static final String API = " /admin/realms/social/social-exchange";

    private final HttpServer server;
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    static AdminServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            AdminServer played = new AdminServer(server);
            server.createContext("/", played::answer);
            server.start();
            return played.says(TOKENS, 200, "{\"access_token\":\"of-the-administrator\",\"expires_in\":60}")
                    .says("GET" + API, 200, "{\"version\":\"1.2.3\",\"keycloak\":\"26.7.5\"}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** @param request method and path */
    AdminServer says(String request, int status, String body) {
        return says(request, status, Map.of("Content-Type", "application/json"), body);
    }

    AdminServer says(String request, int status, Map<String, String> headers, String body) {
        answers.put(request, new Answer(status, headers, body));
        return this;
    }

    /** Each as alias, type, enabled, open. */
    AdminServer providers(String... providers) {
        return says(
                "GET" + API + "/providers",
                200,
                Arrays.stream(providers)
                        .map(one -> one.split(" "))
                        .map(parts ->
                                "{\"alias\":\"%s\",\"type\":\"%s\",\"enabled\":%s,\"open\":%s,\"display_name\":\"x\"}"
                                        .formatted((Object[]) parts))
                        .collect(Collectors.joining(",", "[", "]")));
    }

    /** @param steps JSON */
    AdminServer check(String alias, String type, String verdict, String... steps) {
        return says(
                "POST" + API + "/providers/" + Connection.encode(alias) + "/check",
                200,
                "{\"alias\":\"%s\",\"type\":\"%s\",\"verdict\":\"%s\",\"steps\":[%s]}"
                        .formatted(alias, type, verdict, String.join(",", steps)));
    }

    /** @param verdict, steps JSON */
    AdminServer dryRun(String alias, String type, String verdict, String... steps) {
        return says(
                "POST" + API + "/providers/" + Connection.encode(alias) + "/dry-run",
                200,
                "{\"alias\":\"%s\",\"type\":\"%s\",\"verdict\":%s,\"steps\":[%s]}"
                        .formatted(alias, type, verdict, String.join(",", steps)));
    }

    static String step(String name, String verdict, String host) {
        return ("{\"name\":\"%s\",\"title\":\"Title of %s\",\"verdict\":\"%s\",\"took_ms\":12,"
                        + "\"calls\":[{\"host\":\"%s\",\"outcome\":\"2xx\",\"took_ms\":11}]}")
                .formatted(name, name, verdict, host);
    }

    /** What was asked of it, in order. */
    List<Asked> asked(String request) {
        return asked.stream().filter(one -> one.request().equals(request)).toList();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            asked.add(new Asked(request, headers, form(body)));
            Answer answer = answers.getOrDefault(
                    request, new Answer(404, Map.of("Content-Type", "application/json"), "{\"error\":\"HTTP 404\"}"));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> form(String body) {
        return body.isEmpty()
                ? Map.of()
                : Arrays.stream(body.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    record Asked(String request, Map<String, String> headers, Map<String, String> form) {}

    private record Answer(int status, Map<String, String> headers, String body) {}
}
