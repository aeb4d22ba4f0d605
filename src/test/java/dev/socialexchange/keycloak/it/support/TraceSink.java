package dev.socialexchange.keycloak.it.support;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** Takes what a server exports as OTLP over HTTP. */
public final class TraceSink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpServer server;
    private final StringBuffer received = new StringBuffer();
    private final List<TraceSpan> spans = new CopyOnWriteArrayList<>();

    public TraceSink() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newSingleThreadExecutor());
        server.createContext("/", exchange -> {
            byte[] request = exchange.getRequestBody().readAllBytes();
            received.append(new String(request, StandardCharsets.ISO_8859_1));
            spans.addAll(OtlpSpans.of(request));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that has come so far, as it came: texts are in it as they are. */
    public String received() {
        return received.toString();
    }

    /** A trace that a test begins, and a request to the server goes on with. */
    public record Trace(String id, String span) {

        public static Trace begin() {
            byte[] random = new byte[24];
            ThreadLocalRandom.current().nextBytes(random);
            String hex = HexFormat.of().formatHex(random);
            return new Trace(hex.substring(0, 32), hex.substring(32));
        }

        /** As a caller that is traced itself sends it (W3C Trace Context). */
        public TokenRequest with(TokenRequest request) {
            return request.header("traceparent", "00-" + id + '-' + span + "-01");
        }
    }

    /** All of a trace, once what the request itself was has come: a server exports what has gathered now and then. */
    public List<TraceSpan> await(Trace trace) {
        await(span -> span.trace().equals(trace.id()) && span.parent().equals(trace.span()));
        return spans.stream().filter(span -> span.trace().equals(trace.id())).toList();
    }

    /** Some span of any trace. */
    public TraceSpan await(Predicate<TraceSpan> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<TraceSpan> found = spans.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Tab.pause();
        }
        throw new AssertionError("no such span among " + spans);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
