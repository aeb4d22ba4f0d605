package dev.socialexchange.keycloak.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code mvn test -Dtest=RequestCollectionTest -Dupdate.docs} writes {@code docs/bruno} anew. */
class RequestCollectionTest {
    private static final Path FOLDER = Path.of("docs/bruno");

    private final Map<Path, String> fresh;
    private final JsonNode document;

    RequestCollectionTest() throws IOException {
        document = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("docs/openapi.yaml").toFile());
        fresh = RequestCollection.of(document);
    }

    @Test
    void collectionIsMadeOfTheContract() throws IOException {
        if (System.getProperty("update.docs") != null) {
            for (Path stale : written().keySet()) {
                Files.delete(FOLDER.resolve(stale));
            }
            for (Map.Entry<Path, String> file : fresh.entrySet()) {
                Files.createDirectories(FOLDER.resolve(file.getKey()).getParent());
                Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
            }
        }

        assertThat(written())
                .as("stale: mvn test -Dtest=RequestCollectionTest -Dupdate.docs")
                .isEqualTo(fresh);
    }

    @Test
    void everyExampleIsARequest() {
        assertThat(document.findValues("examples").stream()
                        .filter(JsonNode::isObject)
                        .mapToInt(JsonNode::size)
                        .sum())
                .isEqualTo(fresh.keySet().stream()
                                .filter(file -> !file.startsWith("environments")
                                        && file.toString().endsWith(".bru"))
                                .count()
                        - 1); // the buttons are asked for without a form
    }

    /** People keep such collections in repositories. */
    @Test
    void whatIsSecretStandsInNoFile() {
        assertThat(fresh.get(Path.of("exchange/id_token_with_access_token.bru")))
                .contains("  subject_token: {{subject_token}}\n", "  access_token: {{access_token}}\n")
                .contains("  url: {{realm}}/protocol/openid-connect/token\n")
                .contains("  subject_issuer: google\n");
        assertThat(fresh.get(Path.of("link.bru")))
                .contains("  url: {{realm}}/social-exchange/links/{{alias}}\n")
                .contains("  token: {{realm_access_token}}\n");
        assertThat(fresh.get(Path.of("environments/demo.bru")))
                .contains("  realm: http://localhost:8080/realms/social\n", "  client_id: demo-spa\n")
                .endsWith("vars:secret [\n  access_token,\n  id_token,\n  realm_access_token,\n  subject_token\n]\n");
        assertThat(String.join("", fresh.values())).doesNotContain("eyJ", "ya29", "EAAJ");
    }

    private static Map<Path, String> written() throws IOException {
        Map<Path, String> written = new TreeMap<>();
        if (Files.isDirectory(FOLDER)) {
            try (Stream<Path> files = Files.walk(FOLDER)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    written.put(FOLDER.relativize(file), Files.readString(file));
                }
            }
        }
        return written;
    }
}
