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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server that takes everything, and keeps it with who it was for. */
public final class Mailbox implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final ServerSocket server;
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"<>]+");

    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

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

    /** The next unread message to somebody, as it was sent; waits for it, and passes over those to others. */
    public String next(String recipient) {
        try {
            String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            while (message != null && !message.contains(recipient)) {
                message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            if (message == null) {
                throw new AssertionError("no mail has come for " + recipient);
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The first link of the next message, which is waited for. */
    public String nextLink() {
        try {
            String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return link(message == null ? "" : message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The first link of a message. */
    public static String link(String message) {
        Matcher link = LINK.matcher(message);
        if (!link.find()) {
            throw new AssertionError("no mail with a link, but: " + message);
        }
        return link.group();
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
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (inMessage && !line.equals(".")) {
                message.append(line).append('\n');
                continue;
            }
            if (inMessage) {
                messages.add(decoded(message.toString()));
                message.setLength(0);
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

    /** Quoted-printable (RFC 2045 §6.7), as far as links need it. */
    private static String decoded(String message) {
        return message.contains("quoted-printable") ? message.replace("=\n", "").replace("=3D", "=") : message;
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
