package dev.socialexchange.keycloak.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What the command line says.
 *
 * @param seconds after which no further round of mishaps begins: {@code -Dchaos.seconds}
 * @param seed of what people do, and of the order of mishaps: {@code -Dchaos.seed}
 * @param kinds of mishaps, each of which has its turn in every round: {@code -Dchaos.mishaps}, by their names, or all
 */
public record ChaosSettings(int seconds, long seed, List<Mishap> kinds) {
    private static final int DEFAULT_SECONDS = 420;

    /** Each of them once. */
    public ChaosSettings(List<Mishap> kinds, long seed) {
        this(0, seed, kinds);
    }

    public static ChaosSettings fromSystemProperties() {
        String kinds = System.getProperty("chaos.mishaps", "");
        return new ChaosSettings(
                Integer.getInteger("chaos.seconds", DEFAULT_SECONDS),
                Long.getLong("chaos.seed", System.currentTimeMillis()),
                kinds.isEmpty()
                        ? List.of(Mishap.values())
                        : List.of(kinds.split(",")).stream()
                                .map(Mishap::valueOf)
                                .toList());
    }

    /** Everything once, in an order of chance. */
    List<Mishap> round(Random dice) {
        List<Mishap> round = new ArrayList<>(kinds);
        Collections.shuffle(round, dice);
        return round;
    }
}
