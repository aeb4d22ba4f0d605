package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that were free a moment ago. Keycloak cannot tell us a port that it chose itself. */
record FreePorts(int http, int management) {

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
