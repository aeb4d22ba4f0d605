package dev.socialexchange.keycloak.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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
        Order order = Json.convert(Json.read(request.body()), Order.class);
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

    private static String text(Map<String, Object> body, String name) {
        if (body.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is missing");
    }

    /** The request body of {@code POST /_control/tokens}; only the provider is required. */
    record Order(
            String provider,
            String kind,
            String client_id,
            Object person,
            Set<String> scopes,
            String redirect_uri,
            String code_challenge,
            Map<String, Object> claims,
            Map<String, Object> header) {

        String kindOrDefault() {
            return kind == null ? "access_token" : kind;
        }

        String mint(Provider from, String client, Person someone) {
            return switch (kindOrDefault()) {
                case "access_token" ->
                    from.accessToken(client, someone, scopes == null ? from.defaultScopes() : scopes);
                case "refresh_token" -> from.refreshToken(client, someone);
                case "code" -> from.code(client, someone, redirect_uri, code_challenge);
                case "id_token" -> openId(from).idToken(client, someone, changes(claims), changes(header));
                default ->
                    throw new IllegalArgumentException("kind must be access_token, refresh_token, id_token or code");
            };
        }

        private static OpenIdProvider openId(Provider provider) {
            if (provider instanceof OpenIdProvider openId) {
                return openId;
            }
            throw new IllegalArgumentException("This provider has no id_token");
        }

        /** Null removes a claim. */
        private static Consumer<Map<String, Object>> changes(Map<String, Object> changes) {
            return part -> {
                if (changes != null) {
                    part.putAll(changes);
                    part.values().removeIf(value -> value == null);
                }
            };
        }
    }

    /** The request body of {@code POST /_control/faults}. */
    private static final class FaultOrder {

        static Fault read(Map<String, Object> body) {
            Fault fault =
                    switch (text(body, "kind")) {
                        case "status" -> Fault.status(number(body, "status"));
                        case "json" -> Fault.json(number(body, "status"), Json.write(body.get("body")));
                        case "body" -> Fault.body(text(body, "body"));
                        case "redirect" -> Fault.redirect(text(body, "location"));
                        case "latency" -> Fault.latency(Duration.ofMillis(number(body, "delay_ms")));
                        case "hang" -> Fault.hang();
                        case "drip" -> Fault.drip(Duration.ofMillis(number(body, "interval_ms")));
                        case "huge_body" -> Fault.hugeBody();
                        case "cut" -> Fault.cut();
                        case "cut_midway" -> Fault.cutMidway();
                        default -> throw new IllegalArgumentException("Unknown kind of fault");
                    };
            if (body.containsKey("delay_ms")) {
                fault = fault.after(Duration.ofMillis(number(body, "delay_ms")));
            }
            return body.get("token") instanceof String token ? fault.forToken(token) : fault;
        }

        private static int number(Map<String, Object> body, String name) {
            if (body.get(name) instanceof Integer number) {
                return number;
            }
            throw new IllegalArgumentException(name + " is missing");
        }
    }
}
