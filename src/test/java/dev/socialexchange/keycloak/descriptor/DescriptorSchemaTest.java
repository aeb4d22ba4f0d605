package dev.socialexchange.keycloak.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.socialexchange.keycloak.type.DocumentedDescriptor;
import dev.socialexchange.keycloak.type.GeneratedPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mvn test -Dtest=DescriptorSchemaTest -Dupdate.docs} writes the schema and the tables of keys anew. */
class DescriptorSchemaTest {
    private static final Path SCHEMA = Path.of("src/main/resources/social-provider.schema.json");
    private static final Path PAGE = Path.of("docs/providers/own.md");
    private static final String COMMENT = "# yaml-language-server: $schema=../social-provider.schema.json\n";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonSchema FRESH =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(DescriptorSchema.make());

    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/social-providers"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void schemaIsTheRecords() throws IOException {
        String fresh = JSON.writeValueAsString(DescriptorSchema.make()) + '\n';

        if (System.getProperty("update.docs") != null) {
            Files.writeString(SCHEMA, fresh);
        }
        assertThat(Files.readString(SCHEMA))
                .as("stale: mvn test -Dtest=DescriptorSchemaTest -Dupdate.docs")
                .isEqualTo(fresh);
    }

    @Test
    void pageExplainsEveryKey() throws IOException {
        String page = Files.readString(PAGE);
        String fresh = GeneratedPart.replace(page, "keys", KeyTables.markdown());

        if (System.getProperty("update.docs") != null) {
            Files.writeString(PAGE, fresh);
        } else {
            assertThat(page)
                    .as("stale: mvn test -Dtest=DescriptorSchemaTest -Dupdate.docs")
                    .isEqualTo(fresh);
        }
    }

    @Test
    void everyTableThatAKeyLeadsToIsThere() {
        String tables = KeyTables.markdown();
        List<String> places = Pattern.compile("(?m)^### (.+)$")
                .matcher(tables)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[`.]", "")
                        .replace(' ', '-'))
                .toList();

        assertThat(Pattern.compile("\\(#([^)]+)\\)").matcher(tables).results().map(link -> link.group(1)))
                .isNotEmpty()
                .isSubsetOf(places);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shippedDescriptorsAreValidAndNameTheirSchema(Path file) throws IOException {
        assertThat(mistakes(YAML.readTree(file.toFile()))).isEmpty();
        assertThat(Files.readString(file)).startsWith(COMMENT);
    }

    @Test
    void descriptorsOfTheDocumentationAreValid() throws IOException {
        assertThat(mistakes(YAML.readTree(DocumentedDescriptor.yaml()))).isEmpty();
        assertThat(mistakes(YAML.readTree(DocumentedDescriptor.naver()))).isEmpty();
    }

    /** The schema says no to what the reader would not take either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "id: x",
                "{id: x, identity: {id: id}}",
                "{id: x, identity: {mail: /mail, id: /id}}",
                "{id: x, identity: {id: /id}, emailTrust: always}",
                "{id: x, identity: {id: /id}, temporary: later}",
                "{id: x, identity: {id: /id}, accessToken: {profile: {get: 'https://a.example', refused: soon}}}",
                "{id: x, identity: {id: /id}, accessToken: {profile: {get: 'https://a.example', auth: cookie}}}",
                "{id: x, identity: {id: /id}, authorizationCode: {pkce: }}",
                "{id: x, identity: {id: /id}, revocation: {auth: bearer}}",
                "{id: x, identity: {id: /id}, revocation: {get: 'https://a.example', post: 'https://a.example'}}",
                "{id: x, identity: {id: /id}, revocation: {get: 'https://a.example', form: {a: b}}}",
                "{id: x, identity: {id: /id}, accessToken: {binding: {clientId: /a}}}",
                "{id: x, identity: {id: /id}, accessToken: {binding: {clientId: /a, introspection: true}}}",
                "{id: x, identity: {id: /id}, accessToken: {binding: {clientId: /a, decoded: true, introspection: true}}}",
                "{id: x, identity: {id: /id}, accessToken: {binding: {clientId: /a, decoded: true, call: {get: 'https://a.example'}}}}",
                "{id: x, identity: {id: /id}, accessToken: {binding: {decoded: true}}}"
            })
    void mistakesAreToldByAnEditor(String yaml) throws IOException {
        assertThat(mistakes(YAML.readTree(yaml))).isNotEmpty();
    }

    /** And yes to what it takes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{clientId: /a, decoded: true}",
                "{clientId: /a, call: {get: 'https://a.example'}}",
                "{clientId: /a, decoded: false, introspection: false, call: {post: 'https://a.example', json: {a: b}}}",
                "{clientId: [/a, /b], introspection: true, call: {post: 'https://a.example', form: {a: b}}}"
            })
    void kindsOfBindingsAreTakenByBoth(String binding) throws IOException {
        String yaml = "{id: x, identity: {id: /id}, accessToken: {binding: " + binding + "}}";

        assertThat(mistakes(YAML.readTree(yaml))).isEmpty();
        DescriptorReader.read(yaml.getBytes(StandardCharsets.UTF_8), "x.yaml");
    }

    private static List<String> mistakes(JsonNode descriptor) {
        return FRESH.validate((ObjectNode) descriptor).stream()
                .map(Object::toString)
                .collect(Collectors.toList());
    }
}
