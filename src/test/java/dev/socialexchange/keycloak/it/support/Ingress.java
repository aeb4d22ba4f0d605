package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What ingress-nginx 1.15 makes of the objects of a file, as far as it matters to limits and headers: a host with an expression among its paths
 * has expressions only, the longest first; a limit's zone is keyed by the controller's setting.
 */
final class Ingress {
    private static final String ANNOTATION = "nginx.ingress.kubernetes.io/";

    private final List<JsonNode> objects;
    private final JsonNode settings;

    private Ingress(List<JsonNode> objects) {
        this.objects = objects;
        this.settings = named("ConfigMap", "ingress-nginx-controller").path("data");
    }

    private record Location(String path, String limits, String buffers) {}

    static Ingress of(String yaml) throws IOException {
        ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
        return new Ingress(
                mapper.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll());
    }

    private JsonNode named(String kind, String name) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.path("metadata").path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + kind + " " + name));
    }

    /** A part of {@code http}. */
    String nginx(int port, String node, String certificate, String key) {
        StringBuilder zones = new StringBuilder();
        List<Location> locations = new ArrayList<>();
        for (JsonNode object : objects) {
            if (object.path("kind").asText().equals("Ingress")) {
                String name = object.path("metadata").path("name").asText();
                JsonNode annotations = object.path("metadata").path("annotations");
                String unit = annotations.has(ANNOTATION + "limit-rpm") ? "m" : "s";
                int rate = annotations.path(ANNOTATION + "limit-rp" + unit).asInt();
                if (rate > 0) {
                    zones.append("limit_req_zone %s zone=%s:5m rate=%dr/%s;%n"
                            .formatted(setting("limit-conn-zone-variable"), name, rate, unit));
                }
                int burst = rate
                        * annotations
                                .path(ANNOTATION + "limit-burst-multiplier")
                                .asInt(5);
                String size = annotations.path(ANNOTATION + "proxy-buffer-size").asText("4k");
                locations.add(new Location(
                        path(object),
                        rate > 0 ? "limit_req zone=%s burst=%d nodelay;".formatted(name, burst) : "",
                        "proxy_buffer_size %1$s; proxy_buffers 4 %1$s;".formatted(size)));
            }
        }
        locations.sort(
                Comparator.comparing((Location location) -> location.path().length())
                        .reversed());
        StringBuilder server = new StringBuilder();
        locations.forEach(location -> server.append(location(location, node)));
        return """
                %s
                limit_req_status %s;
                %s
                server {
                    listen 127.0.0.1:%d ssl;
                    ssl_certificate %s;
                    ssl_certificate_key %s;
                    %s
                }
                """
                .formatted(
                        setting("http-snippet"),
                        setting("limit-req-status-code"),
                        zones,
                        port,
                        certificate,
                        key,
                        server);
    }

    private static String path(JsonNode ingress) {
        return ingress.path("spec")
                .path("rules")
                .path(0)
                .path("http")
                .path("paths")
                .path(0)
                .path("path")
                .asText();
    }

    private String location(Location location, String node) {
        StringBuilder own = new StringBuilder();
        String headers = setting("proxy-set-headers").split("/")[1];
        named("ConfigMap", headers)
                .path("data")
                .properties()
                .forEach(header -> own.append("proxy_set_header %s \"%s\";%n"
                        .formatted(header.getKey(), header.getValue().asText())));
        String forwardedFor = setting("use-forwarded-headers").equals("true")
                        && setting("compute-full-forwarded-for").equals("true")
                ? "$proxy_add_x_forwarded_for"
                : "$remote_addr";
        return """
                location ~* "^%s" {
                    %s
                    %s
                    proxy_set_header Host $http_host;
                    proxy_set_header X-Forwarded-For %s;
                    proxy_set_header X-Forwarded-Host $http_host;
                    proxy_set_header X-Forwarded-Port $server_port;
                    proxy_set_header X-Forwarded-Proto $scheme;
                    proxy_set_header X-Forwarded-Scheme $scheme;
                    %s
                    %s
                    proxy_pass http://%s;
                }
                """
                .formatted(
                        location.path(),
                        location.limits(),
                        location.buffers(),
                        forwardedFor,
                        own,
                        setting("location-snippet"),
                        node);
    }

    private String setting(String name) {
        return settings.path(name).asText();
    }
}
