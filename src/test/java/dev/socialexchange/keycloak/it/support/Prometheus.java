package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real Prometheus that scrapes a server twice a second and has the alert rules of this repository, with a second for each minute
 * in them: what takes minutes in a night takes seconds in a test, and what is counted within a window stays as it is.
 */
public final class Prometheus implements AutoCloseable {
    private static final Pattern MINUTES = Pattern.compile("\\b(\\d+)m\\b");

    private final Process process;
    private final int port;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where it is installed, if it is. */
    public static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Prometheus start(KeycloakServer server) {
        Path folder = Workspace.target().resolve(Suite.unique("prometheus"));
        int port = FreePorts.one();
        try {
            Files.createDirectories(folder);
            String rules = Files.readString(Workspace.basedir().resolve("operations/prometheus-rules.yml"));
            Files.writeString(
                    folder.resolve("rules.yml"), MINUTES.matcher(rules).replaceAll("$1s"));
            Files.writeString(
                    folder.resolve("prometheus.yml"),
                    """
                    global: {scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms}
                    rule_files: [rules.yml]
                    scrape_configs:
                      - job_name: keycloak
                        static_configs: [{targets: ['%s']}]
                    """
                            .formatted(server.managementUrl().getAuthority()));
            Process process = new ProcessBuilder(
                            program().orElseThrow().toString(),
                            "--config.file=" + folder.resolve("prometheus.yml"),
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            return new Prometheus(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The alerts that fire now, by name. */
    public Set<String> firing() {
        Set<String> firing = new TreeSet<>();
        ask("alerts").path("alerts").forEach(alert -> {
            if (alert.path("state").asText().equals("firing")) {
                firing.add(alert.path("labels").path("alertname").asText());
            }
        });
        return firing;
    }

    /** What a query finds now. */
    public JsonNode query(String expression) {
        return ask("query?query=" + Http.encode(expression)).path("result");
    }

    /**
     * What a query has found between two moments, at every step of a second.
     *
     * @param begin seconds since 1970
     */
    public JsonNode range(String expression, long begin, long end) {
        return ask("query_range?step=1&start=%d&end=%d&query=%s".formatted(begin, end, Http.encode(expression)))
                .path("result");
    }

    private JsonNode ask(String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
        return Json.lenient(Http.send(HttpRequest.newBuilder(uri)
                                .timeout(Http.TIMEOUT)
                                .build())
                        .body())
                .path("data");
    }

    public boolean isReady() {
        try {
            return query("up").path(0).path("value").path(1).asText().equals("1");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
