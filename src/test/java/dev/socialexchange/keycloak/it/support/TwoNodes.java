package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Two Keycloaks that are one cluster on one database, from the build of the suite's server. The database is H2, which one of
 * the nodes serves to the other: it saves another build, and the nodes see rows, locks and constraints as of any other.
 */
public record TwoNodes(KeycloakServer first, KeycloakServer second) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern OF_TWO = Pattern.compile("cluster view for channel .* \\(2\\) ");

    public static TwoNodes start() {
        if (!(Suite.keycloak() instanceof DistributionServer built)) {
            throw new IllegalStateException("there is no build to share");
        }
        Path database = Workspace.own().resolve("keycloak-it-nodes").resolve(Suite.unique("database"));
        KeycloakServer first = node(built, "it-node-1", database);
        try {
            // not at the same moment: Keycloak's nodes cannot create the tables of one empty database together
            KeycloakServer second = node(built, "it-node-2", database);
            return new TwoNodes(first, second).inOneCluster();
        } catch (IllegalStateException e) {
            first.close();
            throw e;
        }
    }

    private static KeycloakServer node(DistributionServer built, String name, Path database) {
        ServerOptions options = ServerOptions.run(name)
                .withoutRealm()
                .clustered()
                .database("dev-file", "jdbc:h2:file:" + database + ";NON_KEYWORDS=VALUE;AUTO_SERVER=TRUE", "sa", "")
                // H2 would serve it to the network
                .javaOption("-Dh2.bindAddress=127.0.0.1")
                .shortLived()
                .covered()
                .progress(System.out::println);
        return built.launchAnother(options);
    }

    private TwoNodes inOneCluster() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isInCluster(first) || !isInCluster(second)) {
            if (System.nanoTime() > end) {
                second.close();
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
        first.close(); // last, for it serves the database
    }
}
