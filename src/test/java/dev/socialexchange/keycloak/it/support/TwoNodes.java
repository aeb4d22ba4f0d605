package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Two Keycloaks that are one cluster on one PostgreSQL, and find each other in it, as Keycloak's nodes do by default. */
public final class TwoNodes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern VIEW = Pattern.compile("cluster view for channel ");
    private static final Pattern OF_TWO = Pattern.compile(" \\(2\\) ");

    private final Postgres postgres;
    private final DistributionServer first;
    private final DistributionServer second;

    private TwoNodes(Postgres postgres, DistributionServer first, DistributionServer second) {
        this.postgres = postgres;
        this.first = first;
        this.second = second;
    }

    /** @param run names their folders and logs */
    public static TwoNodes start(String run) {
        return start(run, node -> node);
    }

    /** The same, with more options for each node. */
    public static TwoNodes start(String run, UnaryOperator<ServerOptions> further) {
        Postgres postgres = Postgres.start(run);
        DistributionServer first = null;
        DistributionServer second = null;
        try {
            first = DistributionServer.launch(further.apply(node(run + "-1", postgres)));
            // not at the same moment: Keycloak's nodes cannot create the tables of one empty database together
            second = first.launchAnother(further.apply(node(run + "-2", postgres)));
            return new TwoNodes(postgres, first, second).awaitEachOther();
        } catch (IllegalStateException e) {
            for (DistributionServer started : new DistributionServer[] {second, first}) {
                if (started != null) {
                    started.close();
                }
            }
            postgres.close();
            throw e;
        }
    }

    private static ServerOptions node(String name, Postgres postgres) {
        return ServerOptions.run(name)
                .withoutRealm()
                .clustered()
                .database("postgres", postgres.url(), "", "")
                .shortLived()
                .covered()
                .progress(System.out::println);
    }

    public KeycloakServer first() {
        return first;
    }

    public KeycloakServer second() {
        return second;
    }

    public Postgres postgres() {
        return postgres;
    }

    public List<KeycloakServer> both() {
        return List.of(first, second);
    }

    public KeycloakServer other(KeycloakServer node) {
        return node == first ? second : first;
    }

    /** As when a machine loses its power. */
    public void kill(KeycloakServer node) {
        distribution(node).signal("KILL");
    }

    /** As when a machine stands still: its connections stay, and nothing answers. */
    public void freeze(KeycloakServer node) {
        distribution(node).signal("STOP");
    }

    public void thaw(KeycloakServer node) {
        distribution(node).signal("CONT");
    }

    /** As an operator does it: the node takes its leave. */
    public void stop(KeycloakServer node) {
        distribution(node).halt();
    }

    /** After it was stopped or killed; returns when it answers, and both know of each other. */
    public void startAgain(KeycloakServer node) {
        distribution(node).startAgain();
        awaitEachOther();
    }

    private DistributionServer distribution(KeycloakServer node) {
        return node == first ? first : second;
    }

    /** Until each of them counts the other one in, also after they had lost each other. */
    public TwoNodes awaitEachOther() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!seesTwo(first) || !seesTwo(second)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the nodes have not found each other, see " + first.log());
            }
            Tab.pause();
        }
        return this;
    }

    private static boolean seesTwo(KeycloakServer node) {
        try (Stream<String> lines = Files.lines(node.log())) {
            return lines.filter(VIEW.asPredicate())
                    .reduce((earlier, later) -> later)
                    .filter(OF_TWO.asPredicate())
                    .isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        second.close();
        first.close();
        postgres.close();
    }
}
