package dev.socialexchange.keycloak.bench;

import java.time.Duration;
import java.util.List;

/**
 * What one grant did in one turn.
 *
 * @param millis of each answer
 * @param serverCpu used by the server's process meanwhile
 */
record Turn(List<Double> millis, Duration length, Duration serverCpu) {

    double perSecond() {
        return millis.size() / (length.toNanos() / 1e9);
    }
}
