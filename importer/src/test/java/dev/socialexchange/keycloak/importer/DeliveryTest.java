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
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines go to a realm some hundreds at a time, as often as it takes. */
class DeliveryTest {
    private static final int NO_ANSWER = 0;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> queries = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Integer> failures = new ArrayDeque<>();
    private final List<String> undone = new ArrayList<>();
    private String finding = "will_be_asked";
    private String sourceId = "a,b";
    private String notRemoved = "";
    private CyclicBarrier together = new CyclicBarrier(1);
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
            if (exchange.getRequestMethod().equals("DELETE")) {
                String query = exchange.getRequestURI().getRawQuery();
                undone.add(query);
                if (!failures.isEmpty()) {
                    fail(exchange, failures.pop());
                    return;
                }
                answer(
                        exchange,
                        200,
                        query.contains("after")
                                ? "{\"removed\":1,\"kept\":%d%s}".formatted(notRemoved.isEmpty() ? 0 : 1, notRemoved)
                                : "{\"removed\":500,\"kept\":3,\"next\":\"u-500\"}");
                return;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            meet();
            if (!failures.isEmpty()) {
                fail(exchange, failures.pop());
                return;
            }
            queries.add(exchange.getRequestURI().getRawQuery());
            bodies.add(body);
            answer(
                    exchange,
                    200,
                    "{\"outcomes\":{\"created\":%d},\"findings\":[{\"line\":1,\"source_id\":\"%s\",\"code\":\"%s\",\"alias\":\"lastName\"}]}"
                            .formatted(body.split("\n").length, sourceId, finding));
        });
        server.setExecutor(work -> new Thread(work).start());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void fail(HttpExchange exchange, int failure) throws IOException {
        if (failure == NO_ANSWER) {
            exchange.close();
        } else {
            answer(exchange, failure, failure == 200 ? "<html>" : "{}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void sendsAllLinesAndTellsWhichOfThemAFindingIsOf() throws IOException {
        assertThat(send(people(1_200), "--lanes=1")).isZero();

        assertThat(bodies).extracting(body -> body.split("\n").length).containsExactly(500, 500, 200);
        assertThat(queries).containsOnly("source=django&dry_run=true&trust_verified=false&bring_deleted=false");
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
        send(people(1), "--for-real", "--trust-verified", "--bring-deleted", "--job=may-2026");

        assertThat(queries)
                .containsExactly("source=django&dry_run=false&job=may-2026&trust_verified=true&bring_deleted=true");
    }

    @Test
    void twoPeopleWithOneAccountAreBothLeft() throws IOException {
        String twice = "{\"sourceId\":\"%s\",\"identities\":[{\"alias\":\"google\",\"userId\":\"7\"}]}";

        send(people(1) + "\n" + twice.formatted("x") + "\n" + twice.formatted("y"));

        assertThat(bodies).containsExactly(people(1));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("2,x,identity_twice,", "3,y,identity_twice,");
    }

    /** Which of two gets a name must not depend on which request is faster. */
    @Test
    void whoHasANameThatSomebodyElseHasComesAtTheEndInTheFilesOrder() throws IOException {
        String named = "{\"sourceId\":\"%s\",\"email\":\"%s\",\"username\":\"%s\"}";
        List<String> lines = List.of(
                named.formatted("b", "Mira@example.org", "b"),
                named.formatted("a", "a@example.org", "a"),
                named.formatted("c", "c@example.org", "mira@example.org"),
                named.formatted("d", "d@example.org", "d@example.org"));

        send(String.join("\n", lines));

        assertThat(bodies).containsExactly(lines.get(1) + "\n" + lines.get(3), lines.get(0) + "\n" + lines.get(2));
        assertThat(out.toString(StandardCharsets.UTF_8).lines().skip(1))
                .extracting(line -> line.substring(0, 1))
                .containsExactly("2", "1");
    }

    @Test
    void someRequestsAreUnderWayAtATimeAndAreToldInTheFilesOrder() throws IOException {
        together = new CyclicBarrier(3);

        assertThat(send(people(1_500), "--lanes=3")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8).lines().skip(1))
                .extracting(line -> line.substring(0, line.indexOf(',')))
                .containsExactly("1", "501", "1001");
    }

    /** Long lines are fewer a request: the server takes ten megabytes. */
    @Test
    void aRequestIsNoLongerThanTheServerTakes() throws IOException {
        String line = "{\"sourceId\":\"%d\",\"firstName\":\"" + "x".repeat(60_000) + "\"}";
        String lines = IntStream.range(0, 40).mapToObj(line::formatted).collect(Collectors.joining("\n"));

        assertThat(send(lines)).isZero();

        assertThat(bodies).hasSizeGreaterThan(1).allSatisfy(body -> assertThat(body.length())
                .isLessThan(2 << 20));
    }

    @Test
    void aVerificationBringsNobodyAndEndsWithACodeOfItsOwnIfSomethingDiffers() throws IOException {
        finding = "not_here";
        assertThat(run("verify", people(1))).isEqualTo(3);
        finding = "link_removed";
        assertThat(run("verify", people(1))).isZero();

        assertThat(queries).containsOnly("source=django&dry_run=true&verify=true");
        assertThat(run("verify", people(1), "--for-real")).isEqualTo(2);
    }

    @Test
    void undoingGoesOnUntilNobodyIsLeft() throws IOException {
        int exit = command().run("undo", address(), "shop", "importer", "django", "--job=may-2026", "--for-real");

        assertThat(exit).isZero();
        assertThat(undone)
                .containsExactly(
                        "source=django&dry_run=false&job=may-2026",
                        "source=django&dry_run=false&job=may-2026&after=u-500");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("removed: 501%nkept: 3%n".formatted());
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("user_id,code");
    }

    @Test
    void undoingTellsWhoCouldNotBeRemovedAndEndsWithACodeOfItsOwn() {
        notRemoved =
                ",\"findings\":[{\"user_id\":\"f:9:=x\",\"code\":\"setup_faulty\"},{\"user_id\":\"=2+3,4\",\"code\":\"profile_incomplete\"}]";

        int exit = command().run("undo", address(), "shop", "importer", "django", "--for-real");

        assertThat(exit).isEqualTo(3);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("user_id,code", "f:9:=x,setup_faulty", "\"'=2+3,4\",profile_incomplete");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("removed: 501%nkept: 4%nof these could not be removed: 2%n".formatted());
    }

    /** Whom the first request removed the second does not find. */
    @Test
    void undoingTellsThatAnAnswerWasLost() {
        failures.add(NO_ANSWER);
        failures.add(503);

        int exit = command().run("undo", address(), "shop", "importer", "django", "--for-real");

        assertThat(exit).isZero();
        assertThat(undone).hasSize(4);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("removed: 501", "requests that got no answer at first: 1 (whom they removed then is");
    }

    @Test
    void undoingThatIsBrokenOffTellsHowFarItCame() {
        failures.add(401);
        failures.add(403);

        int exit = command().run("undo", address(), "shop", "importer", "django", "--for-real");

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("removed: 0%nkept: 0%nbroken off, begin again: the realm answers 403%n".formatted());
    }

    /** A proxy may answer for the realm: nobody was removed then, and nobody else was told of. */
    @Test
    void anAnswerThatIsNoJsonIsNone() throws IOException {
        failures.addAll(List.of(200, 403));
        assertThat(command().run("undo", address(), "shop", "importer", "django", "--for-real"))
                .isEqualTo(1);

        failures.add(200);
        assertThat(send(people(3), "--for-real")).isZero();
        assertThat(bodies).hasSize(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("created: 3");
    }

    @Test
    void aDryRunLosesNothingWithAnAnswer() {
        failures.add(NO_ANSWER);

        assertThat(command().run("undo", address(), "shop", "importer", "django"))
                .isZero();

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("removed: 501%nkept: 3%n".formatted());
    }

    /** The realm repeats nothing about people whom it has by now. */
    @Test
    void sendingTellsThatAnAnswerWasLostAndAStaleTokenLosesNone() throws IOException {
        failures.add(401);
        assertThat(send(people(3), "--for-real")).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("no answer");

        failures.add(NO_ANSWER);
        assertThat(send(people(3), "--for-real")).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("requests that got no answer at first: 1 (whom they brought then is unchanged");
    }

    @Test
    void aSpreadsheetTakesNoIdForAFormula() throws IOException {
        String twice = "{\"sourceId\":\"\\t=1+1\",\"identities\":[{\"alias\":\"google\",\"userId\":\"7\"}]}";
        sourceId = "\\r=2+2";

        send(people(1) + "\n" + twice + "\n" + twice);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "2,\"'\t=1+1\",identity_twice,",
                        "3,\"'\t=1+1\",identity_twice,",
                        "1,\"'\r=2+2\",will_be_asked");
    }

    @Test
    void whatMayBeLostIsSentAgainAndATokenIsRenewed() throws IOException {
        failures.add(503);
        failures.add(NO_ANSWER);
        failures.add(401);

        assertThat(send(people(3))).isZero();

        assertThat(bodies).hasSize(1);
        assertThat(tokens).isEqualTo(2);
    }

    @Test
    void whatIsRefusedEndsIt() throws IOException {
        failures.add(403);

        assertThat(send(people(1_000), "--lanes=1")).isEqualTo(1);

        assertThat(bodies).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the realm answers 403")
                .doesNotContain("s3cret");
    }

    @Test
    void secretAndPeopleGoNowhereButByHttpsOrToThisMachine() throws IOException {
        Path lines = Files.writeString(folder.resolve("people.ndjson"), people(1));

        for (String address :
                List.of("http://keycloak.example", "http://127.0.0.1.example:1", "https://a:b@c.example")) {
            assertThat(command().run("send", lines.toString(), address, "shop", "importer", "django"))
                    .isEqualTo(2);
            assertThat(command().run("undo", address, "shop", "importer", "django"))
                    .isEqualTo(2);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("SERVER has to be an https:// address");
        assertThat(tokens).isZero();
    }

    private static String people(int number) {
        return IntStream.range(0, number)
                .mapToObj(one -> "{\"sourceId\":\"" + one + "\",\"identities\":[{\"alias\":\"google\",\"userId\":\"1"
                        + one + "\"}]}")
                .collect(Collectors.joining("\n"));
    }

    private int send(String lines, String... options) throws IOException {
        return run("send", lines, options);
    }

    private int run(String command, String lines, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                Files.writeString(folder.resolve("people.ndjson"), lines).toString(),
                address(),
                "shop",
                "importer",
                "django"));
        arguments.addAll(List.of(options));
        return command().run(arguments.toArray(String[]::new));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private ImportCommand command() {
        return new ImportCommand(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                name -> name.equals("IMPORT_CLIENT_SECRET") ? "s3cret" : null,
                0);
    }

    private void meet() {
        try {
            together.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException("they do not come together", alone);
        }
    }
}
