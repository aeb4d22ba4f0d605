package dev.socialexchange.keycloak.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** Brings one answer to the caller, well or badly. */
final class Delivery {

    static final String CONTENT_ENCODING = "Content-Encoding";
    static final String GZIP = "gzip";

    private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

    private final HttpExchange exchange;
    private final ScheduledExecutorService timer;

    Delivery(HttpExchange exchange, ScheduledExecutorService timer) {
        this.exchange = exchange;
        this.timer = timer;
    }

    void send(Response response) throws IOException {
        byte[] body = start(response);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    void drip(Response response, Duration interval) throws IOException {
        byte[] body = start(response);
        drip(body, 0, interval);
    }

    private void drip(byte[] body, int position, Duration interval) {
        try {
            if (position == body.length) {
                exchange.close();
                return;
            }
            exchange.getResponseBody().write(body[position]);
            exchange.getResponseBody().flush();
            timer.schedule(() -> drip(body, position + 1, interval), interval.toNanos(), TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            gone(e);
        }
    }

    void huge(long length) throws IOException {
        byte[] head = "{\"padding\":\"".getBytes(StandardCharsets.US_ASCII);
        byte[] tail = "\"}".getBytes(StandardCharsets.US_ASCII);
        byte[] filler = new byte[1 << 16];
        Arrays.fill(filler, (byte) 'x');
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        long padding = length / filler.length;
        exchange.sendResponseHeaders(200, head.length + padding * filler.length + tail.length);
        OutputStream out = exchange.getResponseBody();
        out.write(head);
        for (long i = 0; i < padding; i++) {
            out.write(filler);
        }
        out.write(tail);
        exchange.close();
    }

    /** Closing an exchange that has not been answered closes its connection. */
    void cut() {
        exchange.close();
    }

    void cutMidway(Response response) throws IOException {
        byte[] body = start(response);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    /** Callers that give up on a slow answer are what many tests are about. */
    void gone(IOException cause) {
        LOG.log(
                Level.DEBUG,
                "The caller left before the answer to {0}: {1}",
                exchange.getRequestURI().getPath(),
                cause);
        exchange.close();
    }

    private static byte[] compressed(byte[] body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        }
        return compressed.toByteArray();
    }

    private byte[] start(Response response) throws IOException {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        if (GZIP.equals(response.headers().get(CONTENT_ENCODING))) {
            body = compressed(body);
        }
        response.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bodiless = body.length == 0 || "HEAD".equals(exchange.getRequestMethod());
        exchange.sendResponseHeaders(response.status(), bodiless ? -1 : body.length);
        return bodiless ? new byte[0] : body;
    }
}
