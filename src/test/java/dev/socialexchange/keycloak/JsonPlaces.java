package dev.socialexchange.keycloak;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Puts values where JSON pointers lead, with whatever has to be around them. */
public final class JsonPlaces {

    private JsonPlaces() {}

    public static void put(ObjectNode document, JsonPointer place, JsonNode value) {
        JsonNode parent = document;
        JsonPointer rest = place;
        for (; !rest.tail().matches(); rest = rest.tail()) {
            boolean list = rest.tail().getMatchingIndex() >= 0;
            JsonNode next = parent.at(JsonPointer.compile("/" + escaped(rest)));
            if (!next.isContainerNode()) {
                next = list ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode();
                set(parent, rest, next);
            }
            parent = next;
        }
        set(parent, rest, value);
    }

    private static void set(JsonNode parent, JsonPointer step, JsonNode value) {
        if (parent instanceof ArrayNode array) {
            if (array.size() > step.getMatchingIndex()) {
                array.set(step.getMatchingIndex(), value);
            } else {
                array.add(value);
            }
        } else {
            ((ObjectNode) parent).set(step.getMatchingProperty(), value);
        }
    }

    private static String escaped(JsonPointer step) {
        return step.getMatchingProperty().replace("~", "~0").replace("/", "~1");
    }
}
