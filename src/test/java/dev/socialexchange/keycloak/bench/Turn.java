package dev.socialexchange.keycloak.bench;

import java.time.Duration;
import java.util.List;

/**
 * What one grant did in one turn.
 *
 * @param millis of each answer that was a success
 * @param refused for a moment, with 503
 * @param serverCpu used by the server's process meanwhile
 */
record Turn(List<Double> millis, int refused, Duration length, Duration serverCpu) {

    double perSecond() {
        return millis.size() / (length.toNanos() / 1e9);
    }

    double cpuMillis() {
        return serverCpu.toNanos() / 1e6 / Math.max(1, millis.size());
    }
}
