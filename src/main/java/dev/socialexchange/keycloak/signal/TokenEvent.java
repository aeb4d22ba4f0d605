package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.StrictJson;
import java.util.Map;

/**
 * The event of a security event token (RFC 8417 §2.2).
 *
 * @param events the claim of that name
 * @param isText whether this provider's event is a text with JSON in it, which names its type itself
 */
record TokenEvent(JsonNode events, boolean isText) {

    /** One event is in a token; several names for it are several events to us, and one has to be chosen by nobody. */
    void addTo(ObjectNode content) {
        if (isText) {
            content.set("event", ofText());
            return;
        }
        if (!events.isObject() || events.size() != 1) {
            throw SignalRefusal.malformed(events.isMissingNode() ? "events_missing" : "events_not_one");
        }
        Map.Entry<String, JsonNode> event = events.properties().iterator().next();
        if (!event.getValue().isObject()) {
            throw SignalRefusal.malformed("event_unreadable");
        }
        content.put("type", event.getKey());
        content.set("event", event.getValue());
    }

    /** Apple's documents have had a text, an object, and a list of one. */
    private JsonNode ofText() {
        JsonNode read = events.isTextual()
                ? StrictJson.read(events.textValue()).orElseThrow(() -> SignalRefusal.malformed("event_unreadable"))
                : events;
        JsonNode event = read.isArray() && read.size() == 1 ? read.get(0) : read;
        if (!event.isObject()) {
            throw SignalRefusal.malformed(events.isMissingNode() ? "events_missing" : "event_unreadable");
        }
        return event;
    }

    /** A record would print whom it is about. */
    @Override
    public String toString() {
        return "event";
    }
}
