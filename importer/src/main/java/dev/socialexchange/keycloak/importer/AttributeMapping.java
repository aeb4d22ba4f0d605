package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which places of an export become attributes, and of which names: nothing else of it does.
 *
 * @param names by place, such as {@code /app_metadata/plan}
 */
record AttributeMapping(Map<String, String> names) {

    /** What is neither a text, a number nor a flag, or a list of them, is left. */
    void addTo(JsonNode user, PersonLine line) {
        names.forEach((place, name) -> {
            JsonNode value = at(user, place);
            List<String> texts = (value.isArray() ? elements(value) : Stream.of(value))
                    .filter(JsonNode::isValueNode)
                    .filter(one -> !one.isNull())
                    .map(JsonNode::asText)
                    .filter(text -> !text.isBlank())
                    .toList();
            if (!texts.isEmpty()) {
                line.attribute(name, texts);
            }
        });
    }

    /** By name in an object, in a text that is one (Firebase), and in a list of names and values (Cognito). */
    private static JsonNode at(JsonNode user, String place) {
        JsonNode here = user;
        for (String step : place.substring(1).split("/")) {
            JsonNode within = here.isTextual() ? Json.inside(here) : here;
            here = within.isArray()
                    ? elements(within)
                            .filter(pair -> pair.path("Name").asText().equals(step))
                            .map(pair -> pair.path("Value"))
                            .findFirst()
                            .orElseGet(() -> within.path(-1))
                    : within.path(step);
        }
        return here;
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
