package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.chaos.Timeline.Of;
import dev.socialexchange.keycloak.chaos.Timeline.Summary;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints figures, as Markdown. Times are seconds from the moment that something went wrong. */
record Report(PrintStream out) {

    void header() {
        out.println("| what happened | mended | who | as promised | not served | last trouble | slowest answer |");
        out.println("|---|---|---|---|---|---|---|");
    }

    /** @param end of the time in which it may have been noticed */
    void mishap(String what, Timeline timeline, long begun, long mended, long end) {
        for (Of of : Of.values()) {
            Summary summary = timeline.between(of, begun, end);
            out.println(format(
                    "| %s | %s | %s | %d | %s | %s | %s |",
                    what,
                    seconds(mended - begun),
                    of.title,
                    summary.good(),
                    summary.troubles().isEmpty()
                            ? "none"
                            : summary.troubles().entrySet().stream()
                                    .map(met -> met.getValue() + " "
                                            + met.getKey().name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", ")),
                    summary.lastTrouble().map(Report::seconds).orElse("none"),
                    seconds(summary.slowestNanos())));
        }
    }

    /** What probes of the nodes' health have said. */
    void health(long begun, List<Rotation.Change> changes) {
        if (!changes.isEmpty()) {
            out.println(changes.stream()
                    .map(change -> format(
                            "node %d %s at %s",
                            change.node(),
                            change.health().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            seconds(change.at() - begun)))
                    .collect(Collectors.joining("; ", "| health: ", " | | | | | | |")));
        }
    }

    private static String seconds(long nanos) {
        return format("%.1f s", nanos / 1e9);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
