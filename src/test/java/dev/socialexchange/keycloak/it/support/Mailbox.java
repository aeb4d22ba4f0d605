package dev.socialexchange.keycloak.it.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that takes everything and keeps who it was for. */
public final class Mailbox implements AutoCloseable {

    private final ServerSocket server;
    private final List<String> recipients = new CopyOnWriteArrayList<>();

    private Mailbox(ServerSocket server) {
        this.server = server;
    }

    public static Mailbox open() {
        try {
            Mailbox mailbox = new Mailbox(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread listener = new Thread(mailbox::listen, "mailbox");
            listener.setDaemon(true);
            listener.start();
            return mailbox;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The realm's {@code smtpServer}. */
    public Map<String, String> settings() {
        return Map.of("host", "127.0.0.1", "port", String.valueOf(server.getLocalPort()), "from", "realm@example.org");
    }

    public List<String> recipients() {
        return List.copyOf(recipients);
    }

    private void listen() {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                converse(caller);
            } catch (IOException e) {
                continue; // closed, or the caller hung up
            }
        }
    }

    private void converse(Socket caller) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(caller.getOutputStream(), true, StandardCharsets.UTF_8);
        out.print("220 mailbox\r\n");
        out.flush();
        boolean inMessage = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (inMessage && !line.equals(".")) {
                continue;
            }
            String command = line.toUpperCase(Locale.ROOT);
            if (command.startsWith("RCPT TO:")) {
                recipients.add(line.substring("RCPT TO:".length()).replaceAll("[<> ]", ""));
            }
            inMessage = command.equals("DATA");
            out.print(inMessage ? "354 go on\r\n" : command.equals("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
            out.flush();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
