package dev.socialexchange.keycloak.it.support;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Takes what a server exports as OTLP over HTTP. */
public final class TraceSink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    /** The traces that there are. */
    public Set<String> traces() {
        return spans.stream().map(TraceSpan::trace).collect(Collectors.toSet());
    }

    /**
     * The newest trace with such a span, once its root has come, too: a server exports what has gathered now and then.
     *
     * @param before traces that do not count
     */
    public List<TraceSpan> await(Set<String> before, Predicate<TraceSpan> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (TraceSpan span : spans) {
                if (!before.contains(span.trace()) && wanted.test(span)) {
                    List<TraceSpan> trace = spans.stream()
                            .filter(other -> other.trace().equals(span.trace()))
                            .toList();
                    if (trace.stream().anyMatch(other -> other.parent().isEmpty())) {
                        return trace;
                    }
                }
            }
            Tab.pause();
        }
        throw new AssertionError("no such trace among " + spans);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
