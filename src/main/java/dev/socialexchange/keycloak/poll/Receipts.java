package dev.socialexchange.keycloak.poll;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.signal.SignalRefusal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the transmitter is told of tokens that it had for us; what is not in here it keeps for the next time (RFC 8936 §2.2). */
final class Receipts {
    private final Set<String> taken = new LinkedHashSet<>();
    private final Map<String, SignalRefusal> refused = new LinkedHashMap<>();

    /** What follows is committed. */
    void taken(String id) {
        taken.add(id);
    }

    void refused(String id, SignalRefusal why) {
        refused.put(id, why);
    }

    boolean isEmpty() {
        return taken.isEmpty() && refused.isEmpty();
    }

    /**
     * The next request, with which these are told.
     *
     * @param max how many more are wanted
     */
    String request(int max) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("maxEvents", max).put("returnImmediately", true);
        if (!taken.isEmpty()) {
            ArrayNode ids = request.putArray("ack");
            taken.forEach(ids::add);
        }
        if (!refused.isEmpty()) {
            ObjectNode errors = request.putObject("setErrs");
            refused.forEach((id, why) -> errors.putObject(id)
                    .put("err", why.error().code())
                    .put("description", why.error().description()));
        }
        return request.toString();
    }
}
