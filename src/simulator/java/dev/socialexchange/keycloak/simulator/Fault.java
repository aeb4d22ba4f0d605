package dev.socialexchange.keycloak.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Something that goes wrong at a provider. Immutable; the methods that refine a fault return a new one. */
public final class Fault {

    private static final String JSON = "application/json; charset=utf-8";
    private static final long HUGE = 64L << 20;

    /** How the fault treats a request, given the answer that the provider would have made. */
    @FunctionalInterface
    interface Effect {
        void apply(Delivery delivery, Supplier<Response> answer) throws IOException;
    }

    private static final Effect HANG = (delivery, answer) -> {
        // the exchange stays open
    };

    static final Fault NONE = new Fault(Fault::pass, Duration.ZERO, null);

    private final Effect effect;
    private final Duration delay;
    private final String token;

    private Fault(Effect effect, Duration delay, String token) {
        this.effect = effect;
        this.delay = delay;
        this.token = token;
    }

    public static Fault status(int status) {
        return answer(Response.text(status, "text/html; charset=utf-8", "<h1>" + status + "</h1>"));
    }

    public static Fault json(int status, String body) {
        return answer(Response.text(status, JSON, body));
    }

    public static Fault json(int status, String body, Map<String, String> headers) {
        Response response = Response.text(status, JSON, body);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return answer(response);
    }

    /** Status 200 and a JSON content type, whatever the text is. */
    public static Fault body(String text) {
        return answer(Response.text(200, JSON, text));
    }

    public static Fault redirect(String location) {
        return answer(Response.redirect(location));
    }

    /** The provider's own answer, late. */
    public static Fault latency(Duration delay) {
        return new Fault(Fault::pass, delay, null);
    }

    /** No answer at all, on an open connection, until the faults are cleared. */
    public static Fault hang() {
        return new Fault(HANG, Duration.ZERO, null);
    }

    /** The provider's own answer, one byte at a time. */
    public static Fault drip(Duration interval) {
        return new Fault((delivery, answer) -> delivery.drip(answer.get(), interval), Duration.ZERO, null);
    }

    /** A JSON document of 64 MiB. */
    public static Fault hugeBody() {
        return new Fault((delivery, answer) -> delivery.huge(HUGE), Duration.ZERO, null);
    }

    /** The connection ends without an answer. */
    public static Fault cut() {
        return new Fault((delivery, answer) -> delivery.cut(), Duration.ZERO, null);
    }

    /** The connection ends in the middle of the provider's own answer. */
    public static Fault cutMidway() {
        return new Fault((delivery, answer) -> delivery.cutMidway(answer.get()), Duration.ZERO, null);
    }

    /** The provider's own JSON object with some fields altered, for instance a binding that names another subject. */
    public static Fault altered(UnaryOperator<Map<String, Object>> change) {
        Effect effect = (delivery, answer) -> {
            Response original = answer.get();
            delivery.send(new Response(
                    original.status(), original.headers(), Json.write(change.apply(Json.read(original.body())))));
        };
        return new Fault(effect, Duration.ZERO, null);
    }

    /** The provider's own answer with another text. */
    public static Fault rewritten(UnaryOperator<String> change) {
        Effect effect = (delivery, answer) -> {
            Response original = answer.get();
            delivery.send(new Response(original.status(), original.headers(), change.apply(original.body())));
        };
        return new Fault(effect, Duration.ZERO, null);
    }

    private static Fault answer(Response response) {
        return new Fault((delivery, answer) -> delivery.send(response), Duration.ZERO, null);
    }

    private static void pass(Delivery delivery, Supplier<Response> answer) throws IOException {
        delivery.send(answer.get());
    }

    public Fault after(Duration time) {
        return new Fault(effect, time, token);
    }

    /** Only requests that carry this token anywhere, so that tests that run at the same time do not meet it. */
    public Fault forToken(String value) {
        return new Fault(effect, delay, value);
    }

    boolean concerns(Request request) {
        return token == null || request.carries(token);
    }

    boolean hangs() {
        return effect == HANG;
    }

    Effect effect() {
        return effect;
    }

    Duration delay() {
        return delay;
    }
}
