package dev.socialexchange.keycloak.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both halves of a transfer, with an Apple and a realm of the test's own. */
class TransferCommandTest {
    private static final String SECRET = "of the service account";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();

    /** What the realm has: the old id, and the id of the transfer or the new one once it is told. */
    private final Map<String, String> realm = new LinkedHashMap<>();

    private final List<String> asked = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private KeyPair key;
    private HttpServer server;
    private int tokens;
    /** Answers of Apple's, in order, before it answers as it should. */
    private final List<Integer> trouble = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        key = generator.generateKeyPair();
        Path file = folder.resolve("AuthKey.p8");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(key.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/auth/token", this::token);
        server.createContext("/auth/usermigrationinfo", this::migration);
        server.createContext(
                "/realms/shop/protocol/openid-connect/token", one -> answer(one, 200, "{\"access_token\":\"admin\"}"));
        server.createContext("/admin/realms/shop/social-exchange/transfers/apple", this::transfers);
        server.start();
        environment.putAll(Map.of(
                "TRANSFER_CLIENT_SECRET",
                SECRET,
                "APPLE_CLIENT_ID",
                "com.example.shop",
                "APPLE_TEAM_ID",
                "OLDTEAM123",
                "APPLE_KEY_ID",
                "KEY1234567",
                "APPLE_KEY_FILE",
                file.toString(),
                "APPLE_URL",
                url()));
        for (int number = 1; number <= 3; number++) {
            realm.put("001234.person" + number + ".1", "");
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void everybodyIsAnnouncedAndThenMoved() throws Exception {
        assertThat(announce()).isZero();
        assertThat(realm)
                .containsEntry("001234.person1.1", "t:001234.person1.1")
                .hasSize(3);

        assertThat(move()).isZero();

        assertThat(realm).containsEntry("001234.person3.1", "new:t:001234.person3.1");
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("announced: 3").contains("moved: 3");
        String[] jwt = secrets.get(0).split("\\.");
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key.getPublic());
        signature.update((jwt[0] + '.' + jwt[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(jwt[2]))).isTrue();
        JsonNode claims = Json.lenient(new String(Base64.getUrlDecoder().decode(jwt[1]), StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(claims.path("iss").asText()).isEqualTo("OLDTEAM123");
        assertThat(claims.path("sub").asText()).isEqualTo("com.example.shop");
        assertThat(claims.path("aud").asText()).isEqualTo("https://appleid.apple.com");
    }

    @Test
    void doneTwiceItAsksAppleOnceAndChangesNothing() {
        announce();
        move();
        int before = asked.size();
        Map<String, String> done = Map.copyOf(realm);

        assertThat(announce()).isZero();
        assertThat(move()).isZero();

        assertThat(asked).hasSize(before);
        assertThat(realm).isEqualTo(done);
    }

    /** Apple's 60 days run from the transfer: what was announced before may be over before they are. */
    @Test
    void whoWasAnnouncedBeforeIsAnnouncedAgainWithoutApplesBeingAsked() {
        announce();
        int before = asked.size();
        err.reset();

        assertThat(announce()).isZero();

        assertThat(err.toString()).contains("announced: 3");
        assertThat(asked).hasSize(before);
    }

    /** Half a line at the end is what a run leaves that was killed. */
    @Test
    void brokenOffItGoesOnWhereItWas() throws IOException {
        trouble.addAll(List.of(200, 500, 500, 500, 500, 500));
        assertThat(announce()).isEqualTo(1);
        assertThat(err.toString()).contains("broken off, begin again: Apple answers 500");
        Files.writeString(file(), Files.readString(file()) + "{\"sub\":\"001234.per");
        asked.clear();

        assertThat(announce()).isZero();

        assertThat(asked).containsExactly("001234.person2.1", "001234.person3.1");
        assertThat(realm.values()).allMatch(value -> value.startsWith("t:"));
    }

    @Test
    void whoAppleDoesNotKnowIsNamedAndTheOthersGoOn() {
        realm.put("001234.gone.1", "");

        assertThat(announce()).isZero();

        assertThat(out.toString()).isEqualTo("001234.gone.1,unknown_to_apple\n");
        assertThat(realm).containsEntry("001234.gone.1", "").containsEntry("001234.person3.1", "t:001234.person3.1");
    }

    @Test
    void whatTheRealmRefusesIsNamed() {
        realm.put("001234.admin.1", "");
        announce();

        assertThat(out.toString()).isEqualTo("001234.admin.1,protected\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429, 503})
    void troubleThatPassesIsWaitedFor(int status) {
        trouble.add(status);

        assertThat(announce()).isZero();

        assertThat(realm.values()).allMatch(value -> value.startsWith("t:"));
        assertThat(tokens).isEqualTo(status == 401 ? 2 : 1);
    }

    @Test
    void neitherSecretsNorTokensAreWrittenAnywhere() throws IOException {
        announce();
        trouble.addAll(List.of(400));
        move();

        String written = out + err.toString() + Files.readString(file());
        assertThat(written)
                .doesNotContain(SECRET)
                .doesNotContain("migration-token")
                .doesNotContain("eyJ");
    }

    @Test
    void saysWhatIsMissing() {
        environment.remove("APPLE_KEY_ID");

        assertThat(announce()).isEqualTo(2);
        assertThat(err.toString()).contains("APPLE_KEY_ID");
        assertThat(run("announce", url())).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://keycloak.example",
                "http://localhost.example",
                "http://127.0.0.1@keycloak.example",
                "https://user:word@keycloak.example",
                "https://keycloak.example?a",
                "keycloak.example",
                "file:///realm",
                "not an address"
            })
    void secretsGoNowhereButByHttpsOrToThisMachine(String address) {
        assertThat(run("announce", address, "shop", "service", "apple", file().toString(), "NEWTEAM123"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("SERVER has to be an https:// address")
                .doesNotContain(SECRET);
        environment.put("APPLE_URL", address);
        assertThat(move()).isEqualTo(2);
        assertThat(err.toString()).contains("APPLE_URL has to be an https:// address");
    }

    private int announce() {
        return run("announce", url() + "/", "shop", "service", "apple", file().toString(), "NEWTEAM123");
    }

    private int move() {
        return run("move", url(), "shop", "service", "apple", file().toString());
    }

    private int run(String... arguments) {
        return new TransferCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment::get,
                        1)
                .run(arguments);
    }

    private Path file() {
        return folder.resolve("transfer.ndjson");
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(exchange);
        secrets.add(form.get("client_secret"));
        assertThat(form).containsEntry("grant_type", "client_credentials").containsEntry("scope", "user.migration");
        tokens++;
        answer(exchange, 200, "{\"access_token\":\"migration-token\"}");
    }

    private void migration(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(exchange);
        int status = trouble.isEmpty() ? 200 : trouble.remove(0);
        if (status != 200) {
            answer(exchange, status, "{\"error\":\"trouble\"}");
            return;
        }
        String own = form.get("sub");
        asked.add(own == null ? form.get("transfer_sub") : own);
        if (own != null && own.contains("gone")) {
            answer(exchange, 400, "{\"error\":\"invalid_request\"}");
        } else if (own != null && "NEWTEAM123".equals(form.get("target"))) {
            answer(exchange, 200, "{\"transfer_sub\":\"t:" + own + "\"}");
        } else {
            answer(exchange, 200, "{\"sub\":\"new:" + form.get("transfer_sub") + "\"}");
        }
    }

    /** As the server has it: an announcement once, a move once. */
    private void transfers(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            ArrayNode people = Json.MAPPER.createArrayNode();
            if (exchange.getRequestURI().getQuery().startsWith("first=0&")) {
                realm.forEach(
                        (sub, value) -> people.addObject().put("sub", sub).put("announced", value.startsWith("t:")));
            }
            answer(exchange, 200, people.toString());
            return;
        }
        String[] lines = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("\n");
        ArrayNode findings = Json.MAPPER.createArrayNode();
        int announced = 0;
        int moved = 0;
        for (int number = 1; number <= lines.length; number++) {
            JsonNode line = Json.lenient(lines[number - 1]).orElseThrow();
            String sub = line.path("sub").asText();
            if (sub.contains("admin")) {
                findings.addObject().put("line", number).put("code", "protected");
            } else if (line.has("transfer_sub") && !realm.get(sub).startsWith("new:")) {
                realm.put(sub, line.path("transfer_sub").asText());
                announced++;
            } else if (line.has("new_sub")) {
                realm.put(sub, line.path("new_sub").asText());
                moved++;
            }
        }
        answer(
                exchange,
                200,
                "{\"outcomes\":{\"announced\":%d,\"moved\":%d},\"findings\":%s}".formatted(announced, moved, findings));
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return List.of(body.split("&")).stream()
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
