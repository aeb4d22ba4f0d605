package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The panels of the dashboard in {@code operations/}, with what a real Prometheus finds for them: a page like Grafana's. */
public final class DashboardPanels {
    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String RATE = "5s";

    private final ObjectMapper mapper = new ObjectMapper();
    private final Prometheus prometheus;

    public DashboardPanels(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    /**
     * The panels as data of the page.
     *
     * @param begin seconds since 1970
     */
    public ArrayNode between(long begin, long end) {
        ArrayNode panels = mapper.createArrayNode();
        try {
            JsonNode dashboard = mapper.readTree(Workspace.basedir()
                    .resolve("operations/grafana-dashboard.json")
                    .toFile());
            for (JsonNode panel : dashboard.path("panels")) {
                ObjectNode drawn = panels.addObject();
                drawn.set("title", panel.path("title"));
                drawn.set("unit", panel.path("fieldConfig").path("defaults").path("unit"));
                drawn.put("step", 1);
                ArrayNode series = drawn.putArray("series");
                panel.path("targets").forEach(target -> add(series, target, begin, end));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return panels;
    }

    private void add(ArrayNode all, JsonNode target, long begin, long end) {
        String query = target.path("expr").asText().replace("$__rate_interval", RATE);
        for (JsonNode found : prometheus.range(query, begin, end)) {
            ObjectNode series = mapper.createObjectNode();
            Matcher labels = LABEL.matcher(target.path("legendFormat").asText());
            series.put(
                    "name",
                    labels.replaceAll(label -> Matcher.quoteReplacement(
                            found.path("metric").path(label.group(1)).asText())));
            ArrayNode points = series.putArray("points");
            for (JsonNode value : found.path("values")) {
                double number = Double.parseDouble(value.path(1).asText());
                if (!Double.isNaN(number)) { // a quantile of nothing
                    points.addArray().add(value.path(0).asLong()).add(number);
                }
            }
            if (!points.isEmpty()) {
                all.add(series);
            }
        }
    }

    /** A page with these panels, as a file. */
    public static Path page(ArrayNode panels) {
        try {
            String page = Files.readString(Workspace.basedir().resolve("src/test/resources/dashboard/panels.html"));
            Path file = Workspace.own().resolve("dashboard.html");
            return Files.writeString(
                    file, page.replace("/*panels*/[]", panels.toString().replace("<", "\\u003c")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
