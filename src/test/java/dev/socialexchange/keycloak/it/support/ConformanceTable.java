package dev.socialexchange.keycloak.it.support;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** What passed, by provider and kind of token. */
public final class ConformanceTable {
    private static final List<String> COLUMNS =
            List.of("access_token", "id_token", "authorization_code", "signed_data", "browser login");
    private static final String ROW = "| %-23s | %-14s | %-14s | %-18s | %-14s | %-14s |%n";

    private final Map<String, Map<String, int[]>> counts = new TreeMap<>();

    public void record(String provider, String column, Executable test) throws Throwable {
        int[] passedOfAll;
        synchronized (counts) {
            passedOfAll =
                    counts.computeIfAbsent(provider, key -> new TreeMap<>()).computeIfAbsent(column, key -> new int[2]);
            passedOfAll[1]++;
        }
        test.execute();
        synchronized (counts) {
            passedOfAll[0]++;
        }
    }

    public void print() {
        StringBuilder table = new StringBuilder();
        table.append(row("provider", COLUMNS.stream()));
        table.append(row("---", COLUMNS.stream().map(column -> "---")));
        counts.forEach((provider, byColumn) ->
                table.append(row(provider, COLUMNS.stream().map(column -> cell(byColumn.get(column))))));
        System.out.print(table);
    }

    private static String row(String provider, Stream<String> cells) {
        return ROW.formatted(Stream.concat(Stream.of(provider), cells).toArray());
    }

    private static String cell(int[] passedOfAll) {
        if (passedOfAll == null) {
            return "-";
        }
        return passedOfAll[0] == passedOfAll[1]
                ? "green, " + passedOfAll[1]
                : "RED, %d of %d".formatted(passedOfAll[1] - passedOfAll[0], passedOfAll[1]);
    }
}
