package dev.socialexchange.keycloak.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection that sends prepared bytes. The load generator shares the processors with what it
 * measures, so it does as little as possible; an HTTP client would cost several times as much.
 */
final class WireConnection implements AutoCloseable {
    private static final int MAX_LINE = 16_384;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final byte[] line = new byte[MAX_LINE];

    WireConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), MAX_LINE);
    }

    record Reply(int status, byte[] body) {}

    Reply send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(readLine().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
            String value = header.substring(header.indexOf(':') + 1).strip();
            length = name.equals("content-length") ? Integer.parseInt(value) : length;
            chunked |= name.equals("transfer-encoding");
        }
        return new Reply(status, chunked ? readChunks() : readFully(length));
    }

    private byte[] readChunks() throws IOException {
        byte[] body = new byte[0];
        for (int size = readSize(); size > 0; size = readSize()) {
            byte[] longer = new byte[body.length + size];
            System.arraycopy(body, 0, longer, 0, body.length);
            System.arraycopy(readFully(size), 0, longer, body.length, size);
            body = longer;
            readLine();
        }
        readLine();
        return body;
    }

    private int readSize() throws IOException {
        return Integer.parseInt(readLine().split(";")[0].strip(), 16);
    }

    private byte[] readFully(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server hung up in the middle of an answer");
        }
        return bytes;
    }

    private String readLine() throws IOException {
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || length == MAX_LINE) {
                throw new EOFException("the server hung up, or its header has no end");
            }
            line[length++] = (byte) next;
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
