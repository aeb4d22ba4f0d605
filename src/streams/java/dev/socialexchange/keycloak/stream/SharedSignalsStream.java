package dev.socialexchange.keycloak.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A stream of any transmitter of the OpenID Shared Signals Framework 1.0 (§8.1). */
final class SharedSignalsStream implements EventStream {
    private static final String PUSH = "urn:ietf:rfc:8935";
    private static final String POLL = "urn:ietf:rfc:8936";
    private static final String CONFIGURATION = "configuration_endpoint";
    private static final String STATUS = "status_endpoint";
    private static final String ID = "stream_id";

    private final Http http;
    private final Transmitter transmitter;
    private final Arguments arguments;
    private final String token;
    private String id;

    SharedSignalsStream(Http http, Transmitter transmitter, Arguments arguments, String token) {
        this.http = http;
        this.transmitter = transmitter;
        this.arguments = arguments;
        this.token = token;
        this.id = arguments.stream().orElse(null);
    }

    @Override
    public Optional<JsonNode> create() {
        ObjectNode wanted = wanted();
        wanted.put("description", "Social Exchange for Keycloak");
        Optional<JsonNode> created = call("POST", transmitter.endpoint(CONFIGURATION), wanted);
        created.ifPresent(stream -> id = stream.path(ID).asText(null));
        return created;
    }

    /** What is not given stays as it is. */
    @Override
    public Optional<JsonNode> update() {
        ObjectNode wanted = Json.object();
        wanted.put(ID, id());
        if (arguments.receiver().isPresent()
                || arguments.poll()
                || !arguments.events().isEmpty()) {
            ObjectNode all = wanted();
            if (arguments.receiver().isPresent() || arguments.poll()) {
                wanted.set("delivery", all.get("delivery"));
            }
            if (!arguments.events().isEmpty()) {
                wanted.set("events_requested", all.get("events_requested"));
            }
            return call("PATCH", transmitter.endpoint(CONFIGURATION), wanted);
        }
        throw StreamFailure.usage("update needs what is to change: --receiver, --poll or --events");
    }

    private ObjectNode wanted() {
        ObjectNode wanted = Json.object();
        ObjectNode delivery = wanted.putObject("delivery");
        if (arguments.poll()) {
            delivery.put("method", POLL);
        } else {
            delivery.put("method", PUSH);
            arguments.receiver().ifPresent(receiver -> delivery.put("endpoint_url", receiver.toString()));
        }
        List<String> events = arguments.events().isEmpty() ? Events.OF_SHARED_SIGNALS : arguments.events();
        wanted.set("events_requested", Json.array(events));
        return wanted;
    }

    @Override
    public Optional<JsonNode> read() {
        URI all = transmitter.endpoint(CONFIGURATION);
        Optional<JsonNode> answer = call("GET", id == null ? all : with(all), null);
        Optional<JsonNode> stream = answer.map(json -> json.isArray() ? only(json) : json);
        stream.ifPresent(one -> id = one.path(ID).asText(null));
        return stream;
    }

    private static JsonNode only(JsonNode streams) {
        if (streams.isEmpty()) {
            throw StreamFailure.noAnswer("This client has no stream: create makes one");
        }
        if (streams.size() > 1) {
            throw StreamFailure.usage("This client has several streams, choose one by --stream: "
                    + Printable.of(String.join(", ", streams.findValuesAsText(ID))));
        }
        return streams.get(0);
    }

    @Override
    public Optional<String> status() {
        id();
        return http.json("GET", with(transmitter.endpoint(STATUS)), token, Optional.empty())
                .map(reply -> reply.json().path("status").asText())
                .filter(status -> !status.isEmpty());
    }

    @Override
    public void verify(String state) {
        ObjectNode body = Json.object().put(ID, id()).put("state", state);
        call("POST", transmitter.endpoint("verification_endpoint"), body);
    }

    @Override
    public void enable(boolean enabled) {
        ObjectNode body = Json.object().put(ID, id()).put("status", enabled ? "enabled" : "disabled");
        call("POST", transmitter.endpoint(STATUS), body);
    }

    @Override
    public void delete() {
        id();
        call("DELETE", with(transmitter.endpoint(CONFIGURATION)), null);
    }

    /** Of the one stream that there is, where none is named. */
    private String id() {
        if (id == null) {
            read();
        }
        return id == null ? "STREAM" : id; // nobody was asked in a dry run
    }

    private URI with(URI endpoint) {
        String separator = endpoint.getRawQuery() == null ? "?" : "&";
        return URI.create(endpoint + separator + ID + '=' + Http.encode(id == null ? "STREAM" : id));
    }

    private Optional<JsonNode> call(String method, URI address, JsonNode body) {
        Optional<Http.Reply> reply = http.json(method, address, token, Optional.ofNullable(body));
        reply.filter(one -> !one.isGood()).ifPresent(one -> {
            throw StreamFailure.noAnswer("The transmitter answers " + one.status() + one.said() + advice(one.status()));
        });
        return reply.map(Http.Reply::json);
    }

    private static String advice(int status) {
        return switch (status) {
            case 400 -> ". Look at --receiver (transmitters have lists of those that they send to) and --events";
            case 401 ->
                ". The access token is not taken: does it have the transmitter's scope"
                        + " (Keycloak: --scope 'ssf.read ssf.manage'), and is the client a receiver there (ssf.enabled)?";
            case 403 -> ". This client may not do this: look at its scope and roles at the transmitter";
            case 404 -> ". There is no such stream, or it is another client's: look at --stream";
            case 409 -> ". There is one already: read shows it, update changes it, delete ends it";
            case 429 -> ". It was asked for this a moment ago: wait as long as its min_verification_interval says";
            default -> ". Try again later";
        };
    }
}
