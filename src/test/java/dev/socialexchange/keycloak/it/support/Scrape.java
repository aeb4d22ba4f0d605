package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server's {@code /metrics} says at one moment, in Prometheus' text format. */
public record Scrape(String text) {
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    public static Scrape of(KeycloakServer server) {
        URI metrics = server.managementUrl().resolve("/metrics");
        return new Scrape(
                Http.send(HttpRequest.newBuilder(metrics).timeout(Http.TIMEOUT).build())
                        .body());
    }

    /** The series of that name, a line each. */
    public List<String> series(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .map(line -> line.split(" # ", 2)[0]) // with traces on, an example follows
                .toList();
    }

    /** @param labels such as {@code outcome="success"}, all of which a series has to have */
    public double sum(String name, String... labels) {
        return series(name).stream()
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The values that a label has. */
    public List<String> values(String name, String label) {
        return series(name).stream()
                .flatMap(line -> LABEL.matcher(line).results())
                .filter(found -> found.group(1).equals(label))
                .map(found -> found.group(2))
                .distinct()
                .toList();
    }

    /** The names of the labels of the first series of that name, in alphabetical order. */
    public List<String> labels(String name) {
        Matcher labels = LABEL.matcher(series(name).get(0));
        return labels.results().map(found -> found.group(1)).sorted().toList();
    }
}
