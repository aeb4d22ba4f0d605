package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Which members of the named schemas answers have had: one that never comes is described wrongly, or its test is missing. */
final class OpenApiMembers {
    private final JsonNode document;
    private final Set<String> described = new TreeSet<>();
    private final Set<String> seen = new TreeSet<>();

    OpenApiMembers(JsonNode document) {
        this.document = document;
    }

    /** @param schema of the answer, or of a part of it */
    void see(JsonNode schema, JsonNode value) {
        if (schema.has("$ref")) {
            String pointer = schema.path("$ref").asText().substring(1);
            see(document.at(pointer), pointer.substring(pointer.lastIndexOf('/') + 1), value);
        } else {
            see(schema, "", value);
        }
    }

    private void see(JsonNode schema, String name, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> see(schema.path("items"), element));
        } else if (schema.path("additionalProperties").isObject()) {
            value.forEach(element -> see(schema.path("additionalProperties"), element));
        }
        schema.path("properties").properties().stream()
                .filter(member -> member.getValue().isObject()) // false: none has it, as the schema requires
                .forEach(member -> {
                    String whole = name + "." + member.getKey();
                    described.add(whole);
                    if (value.has(member.getKey())) {
                        seen.add(whole);
                        part(member.getValue(), whole, value.path(member.getKey()));
                    }
                });
    }

    private void part(JsonNode schema, String name, JsonNode value) {
        if (schema.has("$ref")) {
            see(schema, value);
        } else {
            see(schema, name, value);
        }
    }

    Set<String> unseen() {
        Set<String> unseen = new TreeSet<>(described);
        unseen.removeAll(seen);
        return unseen;
    }
}
