package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

/**
 * Ports that are free. Keycloak cannot tell us a port that it chose itself, and takes ours half a minute later: so they are
 * none that Linux gives anybody by itself (32768 to 60999), none that was given before, and none of another process of tests.
 */
public record FreePorts(int http, int management) {

    /** JGroups listens for failures of neighbours this far above the port that it is given. */
    private static final int FAILURE_DETECTION = 50_000;

    private static final int LOWEST_FOR_CLUSTER = 11_000;
    private static final int BEYOND_FOR_CLUSTER = 65_536 - FAILURE_DETECTION;
    private static final int LOWEST = 16_000;
    private static final int BEYOND = 32_768;

    private static final int PROCESSES = 8;
    private static final int PROCESS = Integer.getInteger("test.process", 0) % PROCESSES;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    /** @param wishedHttp 0 for any */
    static FreePorts find(int wishedHttp) {
        if (wishedHttp != 0 && !isFree(wishedHttp)) {
            throw new IllegalStateException("port " + wishedHttp + " cannot be used");
        }
        return new FreePorts(wishedHttp == 0 ? one() : wishedHttp, one());
    }

    public static int one() {
        return random(LOWEST, BEYOND, FreePorts::isFree);
    }

    /** A port for a node's messages to other nodes, with the one that belongs to it. */
    static int forCluster() {
        return random(LOWEST_FOR_CLUSTER, BEYOND_FOR_CLUSTER, port -> isFree(port) && isFree(port + FAILURE_DETECTION));
    }

    private static int random(int lowest, int beyond, IntPredicate free) {
        return ThreadLocalRandom.current()
                .ints(lowest, beyond)
                .filter(port -> port % PROCESSES == PROCESS)
                .filter(free)
                .filter(GIVEN::add)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
