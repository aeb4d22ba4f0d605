package dev.socialexchange.keycloak.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An OpenAPI 3.1 document, and what of it has been met so far. An answer that it does not describe is a mistake. */
public final class OpenApi {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "options");

    private final JsonNode document;
    private final Set<String> met = new TreeSet<>();
    private final OpenApiMembers members;

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
        JsonNode response = resolved(
                document.path("paths").path(path).path(method).path("responses").path(String.valueOf(status)));
        assertThat(response.isObject())
                .as("%s %s answers %d, which is not described: %s", method, path, status, body)
                .isTrue();
        met.add(method + " " + path + " " + status);
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            assertThat(body).as("%s %s %d", method, path, status).isEmpty();
            return;
        }
        String type = contentType.split(";")[0];
        assertThat(content.has(type))
                .as("%s %s %d is %s", method, path, status, type)
                .isTrue();
        if (type.equals("application/json")) {
            ObjectNode schema = content.path(type).path("schema").deepCopy();
            schema.set("components", document.path("components"));
            JsonNode answer = Json.lenient(body);
            assertThat(SCHEMAS.getSchema(schema).validate(answer))
                    .as("%s %s %d: %s", method, path, status, body)
                    .isEmpty();
            members.see(content.path(type).path("schema"), answer);
        }
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
