package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
        Path database = Workspace.target().resolve("keycloak-it-nodes").resolve(Suite.unique("database"));
        CompletableFuture<KeycloakServer> first = node(built, "it-node-1", database);
        CompletableFuture<KeycloakServer> second = node(built, "it-node-2", database);
        try {
            TwoNodes nodes = new TwoNodes(first.join(), second.join());
            nodes.awaitEachOther();
            return nodes;
        } catch (CompletionException | IllegalStateException e) {
            first.thenAccept(KeycloakServer::close);
            second.thenAccept(KeycloakServer::close);
            throw e;
        }
    }

    private static CompletableFuture<KeycloakServer> node(DistributionServer built, String name, Path database) {
        ServerOptions options = ServerOptions.run(name)
                .withoutRealm()
                .clustered()
                .database("dev-file", "jdbc:h2:file:" + database + ";NON_KEYWORDS=VALUE;AUTO_SERVER=TRUE", "sa", "")
                // H2 would serve it to the network; and who lives for seconds need not be compiled well
                .environment("JAVA_OPTS_APPEND", "-Dh2.bindAddress=127.0.0.1 -XX:TieredStopAtLevel=1")
                .progress(System.out::println);
        return CompletableFuture.supplyAsync(() -> built.launchAnother(options));
    }

    /** Nodes that start at the same moment may begin as two clusters, which become one soon after. */
    private void awaitEachOther() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isInCluster(first) || !isInCluster(second)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the nodes have not found each other, see " + first.log());
            }
            Tab.pause();
        }
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
        first.close();
        second.close();
    }
}
