package dev.socialexchange.keycloak.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Google's RISC API (Cross-Account Protection), v1beta: one stream for each project. */
final class GoogleStream implements EventStream {
    private static final String PUSH = "https://schemas.openid.net/secevent/risc/delivery-method/push";

    private final Http http;
    private final Arguments arguments;
    private final String token;

    /** @param token of the service account, or the mask of one */
    GoogleStream(Http http, Arguments arguments, String token) {
        this.http = http;
        this.arguments = arguments;
        this.token = token;
    }

    @Override
    public Optional<JsonNode> create() {
        ObjectNode stream = Json.object();
        stream.putObject("delivery")
                .put("delivery_method", PUSH)
                .put("url", arguments.receiver().orElseThrow().toString());
        List<String> events = arguments.events().isEmpty() ? Events.OF_GOOGLE : arguments.events();
        stream.set("events_requested", Json.array(events));
        call("POST", "stream:update", stream);
        enable(true); // a project's stream may have been stopped before
        return read();
    }

    /** Google has one stream, which is there as soon as it is set. */
    @Override
    public Optional<JsonNode> update() {
        if (arguments.receiver().isEmpty()) {
            throw StreamFailure.usage("Google's stream is set as a whole: update needs --receiver");
        }
        return create();
    }

    @Override
    public Optional<JsonNode> read() {
        return call("GET", "stream", null).map(Http.Reply::json);
    }

    @Override
    public Optional<String> status() {
        return http.json("GET", address("stream/status"), token, Optional.empty())
                .map(reply -> reply.json().path("status").asText())
                .filter(status -> !status.isEmpty());
    }

    @Override
    public void verify(String state) {
        call("POST", "stream:verify", Json.object().put("state", state));
    }

    @Override
    public void enable(boolean enabled) {
        call("POST", "stream/status:update", Json.object().put("status", enabled ? "enabled" : "disabled"));
    }

    @Override
    public void delete() {
        throw StreamFailure.usage("Google's stream cannot be deleted; stop ends it");
    }

    private URI address(String method) {
        return URI.create(arguments.api().toString().replaceFirst("/+$", "") + "/v1beta/" + method);
    }

    private Optional<Http.Reply> call(String method, String name, JsonNode body) {
        Optional<Http.Reply> reply = http.json(method, address(name), token, Optional.ofNullable(body));
        reply.filter(one -> !one.isGood()).ifPresent(one -> {
            throw StreamFailure.noAnswer("Google answers " + one.status() + one.said() + advice(one.status()));
        });
        return reply;
    }

    private static String advice(int status) {
        return switch (status) {
            case 400 -> ". Look at --receiver and --events";
            case 401 ->
                ". The key of the service account is not taken: is it deleted or disabled, and is this machine's"
                        + " clock right?";
            case 403 ->
                ". One of these: the RISC API is not enabled in the project or its terms are not accepted; the"
                        + " service account lacks the role \"RISC Configuration Admin\" (roles/riscconfigs.admin); the project"
                        + " has no OAuth client; the receiver's host is not among the authorised domains of the OAuth"
                        + " consent screen, or not HTTPS; or Firebase manages the project's stream already, and then there can"
                        + " be no other: use a Google project without Firebase";
            case 404 -> ". The project has no stream: create makes one";
            case 429 -> ". Wait a minute";
            default -> ". Try again later";
        };
    }
}
