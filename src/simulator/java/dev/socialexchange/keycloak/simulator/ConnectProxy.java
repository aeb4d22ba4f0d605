package dev.socialexchange.keycloak.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** An HTTP proxy whose tunnels all end at the simulator's own TLS port, whatever host the caller names. */
final class ConnectProxy implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ConnectProxy.class.getName());
    private static final int LONGEST_HEAD = 16 * 1024;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final ExecutorService workers;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    ConnectProxy(InetAddress address, InetSocketAddress target, ExecutorService workers) throws IOException {
        this.listener = new ServerSocket(0, 256, address);
        this.target = target;
        this.workers = workers;
        workers.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                open.add(caller);
                workers.execute(() -> serve(caller));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "The proxy has stopped: {0}", e.getMessage());
            }
        }
    }

    private void serve(Socket caller) {
        try {
            caller.setTcpNoDelay(true);
            String head = readHead(caller.getInputStream());
            if (!head.startsWith("CONNECT ")) {
                respond(caller, "405 Method Not Allowed");
                close(caller);
                return;
            }
            Socket server = new Socket(target.getAddress(), target.getPort());
            open.add(server);
            server.setTcpNoDelay(true);
            respond(caller, "200 Connection Established");
            workers.execute(() -> pump(caller, server));
            pump(server, caller);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A tunnel has failed: {0}", e.getMessage());
            close(caller);
        }
    }

    /** The caller sends nothing after its request's head until it has the answer. */
    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() == LONGEST_HEAD) {
                throw new IOException("No request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void respond(Socket caller, String status) throws IOException {
        caller.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Until either end closes; then both are closed. */
    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A tunnel has ended: {0}", e.getMessage());
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A socket did not close: {0}", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Set.copyOf(open).forEach(this::close);
    }
}
