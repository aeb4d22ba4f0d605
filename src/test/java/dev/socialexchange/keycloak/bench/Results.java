package dev.socialexchange.keycloak.bench;

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
        return quantile(turns.get(grant).stream().map(Turn::perSecond), 0.5);
    }

    /** Each turn against its neighbour, so that a disturbance of both cancels out; then the quantile. */
    double ratio(Grant grant, Grant reference, double quantile) {
        return quantile(
                neighbours(grant, reference)
                        .map(pair -> pair.get(0).perSecond() / pair.get(1).perSecond()),
                quantile);
    }

    /** How many answers the server's processor time would do for, beside the reference: depends less on what else goes on. */
    double ratioByCpu(Grant grant, Grant reference) {
        return quantile(
                neighbours(grant, reference)
                        .map(pair -> pair.get(1).cpuMillis() / pair.get(0).cpuMillis()),
                0.5);
    }

    private Stream<List<Turn>> neighbours(Grant grant, Grant reference) {
        return IntStream.range(0, turns.get(grant).size())
                .mapToObj(round -> List.of(
                        turns.get(grant).get(round), turns.get(reference).get(round)));
    }

    double medianMillis(Grant grant) {
        return quantile(turns.get(grant).stream().flatMap(turn -> turn.millis().stream()), 0.5);
    }

    int refused(Grant grant) {
        return turns.get(grant).stream().mapToInt(Turn::refused).sum();
    }

    /** Processor time of the server for one answer. */
    double cpuMillis(Grant grant) {
        return quantile(turns.get(grant).stream().map(Turn::cpuMillis), 0.5);
    }

    private static double quantile(Stream<Double> values, double quantile) {
        List<Double> sorted = values.sorted().toList();
        double place = quantile * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }
}
