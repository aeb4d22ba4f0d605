package dev.socialexchange.keycloak.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.type.GeneratedPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code mvn test -Dtest=OpenApiTest -Dupdate.docs} writes anew what of {@code docs/openapi.yaml} the code knows. */
class OpenApiTest {
    private static final Path DOCUMENT = Path.of("docs/openapi.yaml");

    @Test
    void refusalsAreThoseOfTheCode() throws IOException {
        String document = Files.readString(DOCUMENT);
        String fresh =
                part(part(document, "responses", RefusalSchemas.responses()), "refusals", RefusalSchemas.schemas());

        if (System.getProperty("update.docs") != null) {
            Files.writeString(DOCUMENT, fresh);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("stale: mvn test -Dtest=OpenApiTest -Dupdate.docs")
                .isEqualTo(fresh);
    }

    /** A reason that nobody answers with would be described nowhere. */
    @Test
    void everyReasonIsSomebodysAnswer() {
        Set<ExchangeError> answered = EnumSet.noneOf(ExchangeError.class);
        Arrays.stream(Answerer.values()).map(Answerer::refusals).forEach(answered::addAll);

        assertThat(answered).containsExactlyInAnyOrder(ExchangeError.values());
    }

    /** What the schemas say is what a reader finds by following the document from its paths. */
    @Test
    void everyReasonIsReachedFromAPathWithItsStatusAndError() throws IOException {
        JsonNode document = new ObjectMapper(new YAMLFactory()).readTree(DOCUMENT.toFile());
        Set<String> described = new TreeSet<>();
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                operation.path("responses").properties().forEach(response -> follow(document, response.getValue())
                        .findValues("$ref")
                        .forEach(schema -> describe(document, response.getKey(), schema, described)));
            }
        }

        assertThat(described)
                .isEqualTo(Arrays.stream(ExchangeError.values())
                        .map(error -> error.status() + " " + error.error() + " " + error.reason())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static void describe(JsonNode document, String status, JsonNode schema, Set<String> described) {
        JsonNode properties = document.at(schema.asText().substring(1)).path("properties");
        properties
                .path("error_reason")
                .path("enum")
                .forEach(reason -> described.add(
                        status + " " + properties.at("/error/const").asText() + " " + reason.asText()));
    }

    private static JsonNode follow(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static String part(String document, String name, String content) {
        return GeneratedPart.between(
                document, "    # begin: " + name + ", see docs/development.md\n", "    # end", content);
    }
}
