package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Pattern;

/** Two Keycloaks that are one cluster on one PostgreSQL, and find each other in it, as Keycloak's nodes do by default. */
public final class TwoNodes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern OF_TWO = Pattern.compile("cluster view for channel .* \\(2\\) ");

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
        Postgres postgres = Postgres.start(run);
        DistributionServer first = null;
        DistributionServer second = null;
        try {
            first = DistributionServer.launch(node(run + "-1", postgres));
            // not at the same moment: Keycloak's nodes cannot create the tables of one empty database together
            second = first.launchAnother(node(run + "-2", postgres));
            return new TwoNodes(postgres, first, second).inOneCluster();
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

    /** As when a machine loses its power. */
    public void killSecond() {
        second.signal("KILL");
    }

    /** As when a machine stands still: its connections stay, and nothing answers. */
    public void freezeSecond() {
        second.signal("STOP");
    }

    public void thawSecond() {
        second.signal("CONT");
    }

    private TwoNodes inOneCluster() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isInCluster(first) || !isInCluster(second)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the nodes have not found each other, see " + first.log());
            }
            Tab.pause();
        }
        return this;
    }

    private static boolean isInCluster(KeycloakServer node) {
        try {
            return OF_TWO.matcher(Files.readString(node.log())).find();
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
