package dev.socialexchange.keycloak.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the Java API offers, over HTTP and JSON, for tests in other languages. */
final class ControlApi {

    static final String HOST = "_control";

    private final Simulator simulator;

    ControlApi(Simulator simulator) {
        this.simulator = simulator;
    }

    void addRoutes(Router router) {
        router.post(HOST, "/tokens", this::mint)
                .post(HOST, "/tokens/(revoke|expire)", this::end)
                .post(HOST, "/signals", this::signal)
                .post(HOST, "/clients", this::register)
                .post(HOST, "/keys/rotate", this::rotate)
                .get(
                        HOST,
                        "/people",
                        request -> Response.json(200, simulator.people().all()))
                .post(HOST, "/people", this::addPerson)
                .get(HOST, "/requests", this::requests)
                .delete(HOST, "/requests", this::clearRequests)
                .post(HOST, "/faults", this::addFault)
                .delete(HOST, "/faults", this::clearFaults)
                .post(HOST, "/reset", this::reset);
    }

    private Response mint(Request request) {
        TokenOrder order = Json.convert(Json.read(request.body()), TokenOrder.class);
        Provider provider = provider(order.provider());
        String client = Optional.ofNullable(order.client_id()).orElse(provider.clientId());
        Person person = person(order.person());
        return Response.json(
                200,
                Json.object(
                        "token", order.mint(provider, client, person),
                        "kind", order.kindOrDefault(),
                        "client_id", client,
                        "subject", provider.subject(client, person)));
    }

    private Response end(Request request) {
        Map<String, Object> body = Json.read(request.body());
        String token = text(body, "token");
        boolean revoke = "revoke".equals(request.pathVariable());
        boolean found = simulator.providers().values().stream()
                .anyMatch(provider -> revoke ? provider.revoke(token) : provider.expire(token));
        return found ? Response.empty(204) : Response.json(404, Json.object("error", "unknown_token"));
    }

    private Response signal(Request request) {
        SignalOrder order = Json.convert(Json.read(request.body()), SignalOrder.class);
        return order.send(provider(order.provider()), person(order.person()));
    }

    private Response register(Request request) {
        Map<String, Object> body = Json.read(request.body());
        provider(text(body, "provider")).register(text(body, "client_id"), text(body, "client_secret"));
        return Response.empty(204);
    }

    private Response rotate(Request request) {
        Map<String, Object> body = Json.read(request.body());
        if (!(provider(text(body, "provider")) instanceof OpenIdProvider provider)) {
            throw new IllegalArgumentException("This provider has no keys");
        }
        if (Boolean.TRUE.equals(body.get("keep_old"))) {
            provider.rotateKeysKeepingOld();
        } else {
            provider.rotateKeys();
        }
        return Response.empty(204);
    }

    private Response addPerson(Request request) {
        return Response.json(201, simulator.people().add(person(Json.read(request.body()))));
    }

    private Response requests(Request request) {
        Map<String, String> query = request.query();
        List<Map<String, Object>> found = simulator.requests(query.get("host"), query.get("path")).stream()
                .map(recorded -> Json.object(
                        "method", recorded.method(),
                        "host", recorded.host(),
                        "path", recorded.path(),
                        "query", recorded.query(),
                        "headers", recorded.headers(),
                        "body", recorded.body()))
                .toList();
        return Response.json(200, found);
    }

    private Response clearRequests(Request request) {
        simulator.clearRequests();
        return Response.empty(204);
    }

    private Response addFault(Request request) {
        Map<String, Object> body = Json.read(request.body());
        Fault fault = FaultOrder.read(body);
        simulator.fault(text(body, "host"), (String) body.get("path"), fault);
        return Response.empty(204);
    }

    private Response clearFaults(Request request) {
        simulator.clearFaults();
        return Response.empty(204);
    }

    private Response reset(Request request) {
        simulator.clearFaults();
        simulator.clearRequests();
        simulator.people().reset();
        return Response.empty(204);
    }

    private Provider provider(String name) {
        return Optional.ofNullable(simulator.providers().get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "provider must be one of " + simulator.providers().keySet()));
    }

    /** A known person's id or username, or an object with all that makes a person; by default the first known one. */
    private Person person(Object value) {
        if (value instanceof Map<?, ?>) {
            return Json.convert(value, Person.class);
        }
        String idOrUsername = value == null ? People.ADA.id() : value.toString();
        return simulator
                .people()
                .find(idOrUsername)
                .orElseThrow(() -> new IllegalArgumentException("Nobody is called " + idOrUsername));
    }

    static String text(Map<String, Object> body, String name) {
        if (body.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is missing");
    }
}
