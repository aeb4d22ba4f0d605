package dev.socialexchange.keycloak.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what was measured, as Markdown. */
final class Report {
    private static final int HELD_UP_MILLIS = 300;

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** @param byConnections results by the number of connections, with the same grants each */
    void print(Series series, Map<Integer, Results> byConnections) {
        Grant reference = series.grants().get(0);
        out.printf(
                "%n## %s%n%nThroughput as a share of the first line's (answers/s, median ms, the server's CPU ms per answer)%n%n",
                series.name());
        row(
                "grant",
                byConnections.keySet().stream().map(count -> count + " conn.").toList());
        row("---", byConnections.keySet().stream().map(count -> "---").toList());
        for (Grant grant : series.grants()) {
            row(
                    grant.name(),
                    byConnections.values().stream()
                            .map(results -> cell(results, grant, reference))
                            .toList());
        }
        out.printf("%n");
        row("target", List.of("conn.", "at least", "measured [quarter of turns – three quarters]", "by CPU", ""));
        row("---", List.of("---", "---", "---", "---", "---"));
        series.targets().forEach(target -> print(target, byConnections.get(target.connections())));
        int refused = byConnections.values().stream()
                .mapToInt(results ->
                        series.grants().stream().mapToInt(results::refused).sum())
                .sum();
        row("refused", List.of("all", "none", String.valueOf(refused), "", outcome(refused == 0)));
    }

    /** @param millis of the slowest answer */
    void printStuck(double millis) {
        out.printf(
                "%n## %d exchanges stuck at a provider that does not answer%n%nAn id_token meanwhile: at most %.0f ms (target: less than"
                        + " %d), %s%n",
                StuckProvider.STUCK, millis, HELD_UP_MILLIS, outcome(millis < HELD_UP_MILLIS));
    }

    private static String outcome(boolean reached) {
        return reached ? "reached" : "missed";
    }

    private static String cell(Results results, Grant grant, Grant reference) {
        int refused = results.refused(grant);
        return format(
                        "**%.2f** (%.0f/s, %.1f, %.2f)",
                        results.ratio(grant, reference, 0.5),
                        results.perSecond(grant),
                        results.medianMillis(grant),
                        results.cpuMillis(grant))
                + (refused == 0 ? "" : ", refused " + refused);
    }

    private void print(Target target, Results results) {
        double measured = results.ratio(target.grant(), target.reference(), 0.5);
        row(
                target.grant().name() + " ÷ " + target.reference().name(),
                List.of(
                        String.valueOf(target.connections()),
                        format("%.2f", target.atLeast()),
                        format(
                                "**%.2f** [%.2f – %.2f]",
                                measured,
                                results.ratio(target.grant(), target.reference(), 0.25),
                                results.ratio(target.grant(), target.reference(), 0.75)),
                        format("%.2f", results.ratioByCpu(target.grant(), target.reference())),
                        outcome(measured >= target.atLeast())));
    }

    private void row(String first, List<String> cells) {
        out.println("| " + first + " | " + String.join(" | ", cells) + " |");
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
