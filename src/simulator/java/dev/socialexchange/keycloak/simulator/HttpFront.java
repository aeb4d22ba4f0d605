package dev.socialexchange.keycloak.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Between the JDK's server and the providers. An exchange may be completed long after {@link #handle} has returned, so
 * neither a late nor a missing answer holds a thread.
 */
final class HttpFront implements HttpHandler {

    private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());

    private final Router router;
    private final Faults faults;
    private final RequestLog log;
    private final ScheduledExecutorService timer;
    private final Set<HttpExchange> hanging = ConcurrentHashMap.newKeySet();

    HttpFront(Router router, Faults faults, RequestLog log, ScheduledExecutorService timer) {
        this.router = router;
        this.faults = faults;
        this.log = log;
        this.timer = timer;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Request request = read(exchange);
        Fault fault = faults.find(request);
        if (fault.hangs()) {
            hanging.add(exchange);
        }
        // Last: whoever finds it there may end the faults.
        if (!request.host().equals(ControlApi.HOST)) {
            log.add(request);
        }
        Delivery delivery = new Delivery(exchange, timer);
        if (fault.delay().isZero()) {
            deliver(request, fault, delivery);
        } else {
            timer.schedule(
                    () -> deliver(request, fault, delivery), fault.delay().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void deliver(Request request, Fault fault, Delivery delivery) {
        try {
            fault.effect().apply(delivery, () -> answer(request));
        } catch (IOException e) {
            delivery.gone(e);
        }
    }

    private Response answer(Request request) {
        try {
            return router.answer(request);
        } catch (IllegalArgumentException e) {
            return Response.json(400, Json.object("error", "invalid_request", "error_description", e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The simulator itself has failed", e);
            return Response.text(500, "text/plain; charset=utf-8", "The simulator itself has failed: " + e);
        }
    }

    void releaseHanging() {
        for (HttpExchange exchange : hanging) {
            exchange.close();
            hanging.remove(exchange);
        }
    }

    private Request read(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String path = exchange.getRequestURI().getPath();
        String host = headers.getOrDefault("host", "").replaceFirst(":[0-9]+$", "");
        if (!router.hosts().contains(host)) {
            int slash = path.indexOf('/', 1);
            host = path.substring(1, slash < 0 ? path.length() : slash);
            path = slash < 0 ? "/" : path.substring(slash);
        }
        return new Request(
                exchange.getRequestMethod(),
                host,
                path,
                exchange.getRequestURI().getRawQuery(),
                Map.copyOf(headers),
                body,
                null);
    }
}
