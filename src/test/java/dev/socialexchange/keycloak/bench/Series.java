package dev.socialexchange.keycloak.bench;

import java.time.Duration;
import java.util.List;

/**
 * Grants that are measured in turn, under the same conditions.
 *
 * @param grants the first is what all others are compared with in the table
 * @param latency of the provider
 * @param warmUp rounds before anything counts
 */
record Series(
        String name,
        List<Grant> grants,
        Duration latency,
        List<Integer> connections,
        int warmUp,
        List<Target> targets) {}
