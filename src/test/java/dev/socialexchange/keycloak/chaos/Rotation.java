package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.it.support.KeycloakServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** As a load balancer without stickiness: a node that has not answered two probes in turn gets nothing until it answers one. */
final class Rotation implements AutoCloseable {
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(500);
    private static final int MISSED = 2;

    private final List<KeycloakServer> nodes;
    private final Map<KeycloakServer, Integer> missed = new ConcurrentHashMap<>();
    private final ScheduledExecutorService probes;

    Rotation(List<KeycloakServer> nodes) {
        this.nodes = nodes;
        probes = Executors.newScheduledThreadPool(nodes.size());
        nodes.forEach(node ->
                probes.scheduleWithFixedDelay(() -> probe(node), 0, BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void probe(KeycloakServer node) {
        boolean ready = node.isReady();
        System.out.println("DEBUG " + System.nanoTime() / 1000000 + " " + node.url() + " " + ready + missed);
        missed.merge(node, ready ? 0 : 1, (before, one) -> one == 0 ? 0 : before + one);
    }

    private boolean isIn(KeycloakServer node) {
        return missed.getOrDefault(node, 0) < MISSED;
    }

    boolean isWhole() {
        return nodes.stream().allMatch(this::isIn);
    }

    /** Any of them where none answers. */
    KeycloakServer next(Random dice) {
        List<KeycloakServer> in = nodes.stream().filter(this::isIn).toList();
        List<KeycloakServer> choice = in.isEmpty() ? nodes : in;
        return choice.get(dice.nextInt(choice.size()));
    }

    @Override
    public void close() {
        probes.shutdownNow();
    }
}
