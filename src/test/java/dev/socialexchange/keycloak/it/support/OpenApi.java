package dev.socialexchange.keycloak.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** An OpenAPI 3.1 document, and what of it has been met so far. An answer that it does not describe is a mistake. */
public final class OpenApi {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "options");

    private final JsonNode document;
    private final Set<String> met = new TreeSet<>();
    private final OpenApiMembers members;
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    public OpenApi(Path file) {
        try {
            document = new YAMLMapper().readTree(file.toFile());
            members = new OpenApiMembers(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param path as the document spells it, with placeholders */
    public void meets(String path, String method, int status, String contentType, String body) {
        assertThat(mistake(path, method, status, contentType, body)).isEmpty();
        met.add(method + " " + path + " " + status);
        JsonNode schema = response(path, method, status).at("/content/application~1json/schema");
        if (!body.isEmpty() && !schema.isMissingNode()) {
            members.see(schema, Json.lenient(body));
        }
    }

    /** Requires one of several forms that an answer may have. */
    public void is(String schema, JsonNode answer) {
        ObjectNode reference = JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + schema);
        assertThat(schema(schema, reference).validate(answer))
                .as("%s: %s", schema, answer)
                .isEmpty();
        members.see(reference, answer);
    }

    /**
     * What is not as it is described; several threads may ask at once.
     *
     * @param path as the document spells it, with placeholders
     */
    public Optional<String> mistake(String path, String method, int status, String contentType, String body) {
        String what = "%s %s answers %d: %s".formatted(method, path, status, body);
        JsonNode response = response(path, method, status);
        if (!response.isObject()) {
            return Optional.of("not described: " + what);
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            return body.isEmpty() ? Optional.empty() : Optional.of("described without a body: " + what);
        }
        String type = contentType.split(";")[0];
        if (!content.has(type)) {
            return Optional.of("not described as " + type + ": " + what);
        }
        if (!type.equals("application/json")) {
            return Optional.empty();
        }
        var mistakes = schema(
                        method + path + status, (ObjectNode) content.path(type).path("schema"))
                .validate(Json.lenient(body));
        return mistakes.isEmpty() ? Optional.empty() : Optional.of(mistakes + ": " + what);
    }

    private JsonNode response(String path, String method, int status) {
        return resolved(
                document.path("paths").path(path).path(method).path("responses").path(String.valueOf(status)));
    }

    private JsonSchema schema(String name, ObjectNode schema) {
        return schemas.computeIfAbsent(name, ignored -> {
            ObjectNode whole = schema.deepCopy();
            whole.set("components", document.path("components"));
            return SCHEMAS.getSchema(whole);
        });
    }

    /** "method path", of all that is described. */
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .map(Map.Entry::getKey)
                .filter(METHODS::contains)
                .forEach(method -> operations.add(method + " " + path.getKey())));
        return operations;
    }

    /** "method path status", of all that is described and has not been met. */
    public Set<String> unmet() {
        Set<String> unmet = new TreeSet<>();
        for (String operation : operations()) {
            String[] parts = operation.split(" ");
            document.path("paths")
                    .path(parts[1])
                    .path(parts[0])
                    .path("responses")
                    .properties()
                    .forEach(response -> unmet.add(operation + " " + response.getKey()));
        }
        unmet.removeAll(met);
        return unmet;
    }

    /** "schema.member", of the answers that have been met, and none of them had. */
    public Set<String> unmetMembers() {
        return members.unseen();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}
