package dev.socialexchange.keycloak.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The turns of all grants at one setting. The n-th turns of any two happened next to each other. */
final class Results {
    private final Map<Grant, List<Turn>> turns = new LinkedHashMap<>();

    Results(List<Grant> grants) {
        grants.forEach(grant -> turns.put(grant, new ArrayList<>()));
    }

    void add(Grant grant, Turn turn) {
        turns.get(grant).add(turn);
    }

    List<Grant> grants() {
        return List.copyOf(turns.keySet());
    }

    double perSecond(Grant grant) {
        return median(turns.get(grant).stream().map(Turn::perSecond));
    }

    /** Each turn against its neighbour, so that a disturbance of both cancels out; then the median. */
    double ratio(Grant grant, Grant reference) {
        return median(IntStream.range(0, turns.get(grant).size())
                .mapToObj(round -> turns.get(grant).get(round).perSecond()
                        / turns.get(reference).get(round).perSecond()));
    }

    double medianMillis(Grant grant) {
        return median(turns.get(grant).stream().flatMap(turn -> turn.millis().stream()));
    }

    /** Processor time of the server, which depends less on what else the machine does. */
    double cpuMillis(Grant grant) {
        Duration cpu = turns.get(grant).stream().map(Turn::serverCpu).reduce(Duration.ZERO, Duration::plus);
        int answers =
                turns.get(grant).stream().mapToInt(turn -> turn.millis().size()).sum();
        return cpu.toNanos() / 1e6 / answers;
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
