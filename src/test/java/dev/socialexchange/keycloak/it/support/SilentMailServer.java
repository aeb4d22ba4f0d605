package dev.socialexchange.keycloak.it.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A mail server that whoever connects waits for: it takes the connection, and says nothing until it is told to. */
public final class SilentMailServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ServerSocket server;

    private SilentMailServer(ServerSocket server) {
        this.server = server;
    }

    public static SilentMailServer open() throws IOException {
        ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        server.setSoTimeout((int) PATIENCE.toMillis());
        return new SilentMailServer(server);
    }

    /** The realm's {@code smtpServer}. */
    public Map<String, String> settings() {
        return Map.of("host", "127.0.0.1", "port", String.valueOf(server.getLocalPort()), "from", "realm@example.org");
    }

    /**
     * Greets whoever has connected first, or does so soon, and hangs up then.
     *
     * @return what they say to it; empty if they have not waited so long
     */
    public String greets() throws IOException {
        try (Socket connection = server.accept()) {
            connection.setSoTimeout((int) PATIENCE.toMillis());
            connection.getOutputStream().write("220 localhost\r\n".getBytes(StandardCharsets.US_ASCII));
            String said = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return said == null ? "" : said;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
