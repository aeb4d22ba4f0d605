package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.KeycloakServer.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * As a load balancer without stickiness: what two probes in turn have said counts. While no node says that it is ready those get
 * the requests that answer at least.
 */
final class Rotation implements AutoCloseable {
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(500);

    private final List<KeycloakServer> nodes;
    private final Map<KeycloakServer, Health> last = new ConcurrentHashMap<>();
    private final Map<KeycloakServer, Health> counts = new ConcurrentHashMap<>();
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService probes;

    /**
     * A node is something else now.
     *
     * @param node its number, from 1
     */
    record Change(long at, int node, Health health) {}

    Rotation(List<KeycloakServer> nodes) {
        this.nodes = nodes;
        probes = Executors.newScheduledThreadPool(nodes.size());
        for (KeycloakServer node : nodes) {
            counts.put(node, Health.READY);
            probes.scheduleWithFixedDelay(() -> probe(node), 0, BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void probe(KeycloakServer node) {
        Health now = node.health();
        if (now == last.put(node, now) && now != counts.put(node, now)) {
            changes.add(new Change(System.nanoTime(), nodes.indexOf(node) + 1, now));
        }
    }

    boolean isWhole() {
        return nodes.stream().allMatch(node -> counts.get(node) == Health.READY);
    }

    KeycloakServer next(Random dice) {
        for (Health health : Health.values()) {
            List<KeycloakServer> such =
                    nodes.stream().filter(node -> counts.get(node) == health).toList();
            if (!such.isEmpty()) {
                return such.get(dice.nextInt(such.size()));
            }
        }
        return nodes.get(dice.nextInt(nodes.size())); // one has changed while we looked
    }

    /** From that moment on. */
    List<Change> changesSince(long begun) {
        return changes.stream().filter(change -> change.at() >= begun).toList();
    }

    @Override
    public void close() {
        probes.shutdownNow();
    }
}
