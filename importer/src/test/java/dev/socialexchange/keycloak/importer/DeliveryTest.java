package dev.socialexchange.keycloak.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines go to a realm some hundreds at a time, as often as it takes. */
class DeliveryTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> bodies = new ArrayList<>();
    private final List<String> queries = new ArrayList<>();
    private final Deque<Integer> failures = new ArrayDeque<>();
    private int tokens;
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/realms/shop/protocol/openid-connect/token", exchange -> {
            tokens++;
            answer(exchange, 200, "{\"access_token\":\"token-" + tokens + "\"}");
        });
        server.createContext("/admin/realms/shop/social-exchange/imports", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!failures.isEmpty()) {
                answer(exchange, failures.pop(), "{}");
                return;
            }
            queries.add(exchange.getRequestURI().getRawQuery());
            bodies.add(body);
            answer(
                    exchange,
                    200,
                    "{\"outcomes\":{\"created\":%d},\"findings\":[{\"line\":1,\"source_id\":\"a,b\",\"code\":\"will_be_asked\",\"alias\":\"lastName\"}]}"
                            .formatted(body.split("\n").length));
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void sendsAllLinesAndTellsWhichOfThemAFindingIsOf() throws IOException {
        assertThat(send(people(1_200))).isZero();

        assertThat(bodies).extracting(body -> body.split("\n").length).containsExactly(500, 500, 200);
        assertThat(queries).containsOnly("source=django&dry_run=true&trust_verified=false");
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "line,source_id,code,concerns",
                        "1,\"a,b\",will_be_asked,lastName",
                        "501,\"a,b\",will_be_asked,lastName",
                        "1001,\"a,b\",will_be_asked,lastName");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("created: 1200", "will_be_asked: 3");
    }

    @Test
    void nothingComesOfItUnlessItIsSaid() throws IOException {
        send(people(1), "--for-real", "--trust-verified");

        assertThat(queries).containsExactly("source=django&dry_run=false&trust_verified=true");
    }

    @Test
    void twoPeopleWithOneAccountAreBothLeft() throws IOException {
        String twice = "{\"sourceId\":\"%s\",\"identities\":[{\"alias\":\"google\",\"userId\":\"7\"}]}";

        send(people(1) + "\n" + twice.formatted("x") + "\n" + twice.formatted("y"));

        assertThat(bodies).containsExactly(people(1) + "\n\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("2,x,identity_twice,", "3,y,identity_twice,");
    }

    @Test
    void whatMayBeLostIsSentAgainAndATokenIsRenewed() throws IOException {
        failures.add(503);
        failures.add(401);

        assertThat(send(people(3))).isZero();

        assertThat(bodies).hasSize(1);
        assertThat(tokens).isEqualTo(2);
    }

    @Test
    void whatIsRefusedEndsIt() throws IOException {
        failures.add(403);

        assertThat(send(people(1_000))).isEqualTo(1);

        assertThat(bodies).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the realm answers 403")
                .doesNotContain("s3cret");
    }

    private static String people(int number) {
        return IntStream.range(0, number)
                .mapToObj(one -> "{\"sourceId\":\"" + one + "\",\"identities\":[{\"alias\":\"google\",\"userId\":\"1"
                        + one + "\"}]}")
                .collect(Collectors.joining("\n"));
    }

    private int send(String lines, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "send",
                Files.writeString(folder.resolve("people.ndjson"), lines).toString(),
                "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                "shop",
                "importer",
                "django"));
        arguments.addAll(List.of(options));
        return new ImportCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        name -> name.equals("IMPORT_CLIENT_SECRET") ? "s3cret" : null)
                .run(arguments.toArray(String[]::new));
    }
}
