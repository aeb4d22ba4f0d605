package dev.socialexchange.keycloak.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what was measured, as Markdown. */
final class Report {
    private static final double MAX_MEDIAN_MILLIS = 115;

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** @param byConnections results by the number of connections, with the same grants each; the first grant is 1 */
    void print(Duration latency, Map<Integer, Results> byConnections) {
        out.printf(
                "%n## Provider latency %d ms%n%nThroughput as a share of the standard exchange's (answers/s, median ms, the server's"
                        + " CPU ms per answer)%n%n",
                latency.toMillis());
        row(
                "grant",
                byConnections.keySet().stream().map(count -> count + " conn.").toList(),
                "target");
        row("---", byConnections.keySet().stream().map(count -> "---").toList(), "---");
        List<Grant> grants = byConnections.values().iterator().next().grants();
        for (Grant grant : grants) {
            row(
                    grant.name(),
                    byConnections.values().stream()
                            .map(results -> cell(results, grant, grants.get(0)))
                            .toList(),
                    target(latency, grant));
        }
    }

    private static String cell(Results results, Grant grant, Grant reference) {
        return format(
                "**%.2f** (%.0f/s, %.1f, %.2f)",
                results.ratio(grant, reference),
                results.perSecond(grant),
                results.medianMillis(grant),
                results.cpuMillis(grant));
    }

    private static String target(Duration latency, Grant grant) {
        if (grant.target() == 0) {
            return "";
        }
        return latency.isZero() ? format("≥ %.2f", grant.target()) : format("median ≤ %.0f ms", MAX_MEDIAN_MILLIS);
    }

    private void row(String first, List<String> cells, String last) {
        out.println("| " + first + " | " + String.join(" | ", cells) + " | " + last + " |");
    }

    void print(List<RowCheck.Growth> growths) {
        out.printf("%n## New database rows per answer%n%n");
        for (RowCheck.Growth growth : growths) {
            String tables = growth.tables().entrySet().stream()
                    .map(table -> table.getKey() + " +" + table.getValue())
                    .collect(Collectors.joining(", "));
            out.println(format(
                    "- %s: %.2f (at most %d)%s%s",
                    growth.grant().name(),
                    growth.rowsPerAnswer(),
                    growth.grant().maxRows(),
                    tables.isEmpty() ? "" : ": ",
                    tables));
        }
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
