package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that were free a moment ago. Keycloak cannot tell us a port that it chose itself. */
record FreePorts(int http, int management) {

    /** JGroups listens for failures of neighbours this far above the port that it is given. */
    private static final int FAILURE_DETECTION = 50_000;

    private static final int LOWEST = 8_000;
    private static final int HIGHEST = 65_535 - FAILURE_DETECTION;

    /** A port for a node's messages to other nodes, with the one that belongs to it. */
    static int forCluster() {
        return ThreadLocalRandom.current()
                .ints(LOWEST, HIGHEST)
                .filter(port -> isFree(port) && isFree(port + FAILURE_DETECTION))
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

    static FreePorts find(int wishedHttp) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket http = new ServerSocket(wishedHttp, 1, loopback);
                ServerSocket management = new ServerSocket(0, 1, loopback)) {
            return new FreePorts(http.getLocalPort(), management.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("port " + wishedHttp + " cannot be used", e);
        }
    }
}
