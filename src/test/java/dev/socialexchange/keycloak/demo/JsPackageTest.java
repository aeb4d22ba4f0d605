package dev.socialexchange.keycloak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.it.support.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code clients/js} has from this side of the contract; {@code mvn test -Dtest=JsPackageTest -Dupdate.docs} writes the reasons anew. */
class JsPackageTest {
    private static final Path PACKAGE = Path.of("clients/js");
    private static final Path REASONS = PACKAGE.resolve("src/reasons.ts");
    private static final Path BUILT_REASONS = PACKAGE.resolve("dist/reasons.js");

    @Test
    void reasonsAreThoseThatTheServerGives() throws IOException {
        String names =
                Stream.of(ExchangeError.values()).map(ExchangeError::reason).collect(Collectors.joining(" "));
        String members = Stream.of(ExchangeError.values())
                .map(error ->
                        "  %s: { error: '%s'; status: %d };\n".formatted(error.reason(), error.error(), error.status()))
                .collect(Collectors.joining());
        String source =
                """
                // Every error_reason, with what it comes with: mvn test -Dtest=JsPackageTest -Dupdate.docs
                export interface Reasons {
                %s}

                /** The stable word to program against. */
                export type Reason = keyof Reasons;

                export const REASONS: ReadonlySet<string> = new Set('%s'.split(' '));
                """
                        .formatted(members, names);
        String built = "export const REASONS = new Set('%s'.split(' '));\n".formatted(names);
        if (System.getProperty("update.docs") != null) {
            Files.writeString(REASONS, source);
            Files.writeString(BUILT_REASONS, built);
        }

        String stale = "stale: mvn test -Dtest=JsPackageTest -Dupdate.docs";
        assertThat(Files.readString(REASONS)).as(stale).isEqualTo(source);
        assertThat(Files.readString(BUILT_REASONS)).as(stale).isEqualTo(built);
    }

    /** Its types have the members of the doors' answers, and its constants the kinds of token, that the description has. */
    @Test
    void wordsAreThoseOfTheOpenApiDescription() throws IOException {
        JsonNode schemas =
                new YAMLMapper().readTree(Path.of("docs/openapi.yaml").toFile()).at("/components/schemas");
        String contract = Files.readString(PACKAGE.resolve("src/contract.ts"));

        for (String schema : List.of("Provider", "Nonce")) {
            assertThat(members(contract, schema))
                    .as(schema)
                    .containsExactlyInAnyOrderElementsOf(names(schemas.at("/" + schema + "/properties")));
        }
        List<String> nonce = new ArrayList<>();
        schemas.at("/Provider/properties/nonce/enum").forEach(one -> nonce.add("'" + one.asText() + "'"));
        assertThat(contract).contains("nonce: " + String.join(" | ", nonce) + ";");
        assertThat(schemas.at("/SubjectTokenType/enum")).hasSize(5).allSatisfy(type -> assertThat(contract)
                .contains(" = '" + type.asText() + "';"));
    }

    private static List<String> members(String source, String type) {
        Matcher body =
                Pattern.compile("(?s)export interface " + type + " \\{(.*?)\n}").matcher(source);
        assertThat(body.find()).as(type).isTrue();
        return Pattern.compile("(?m)^  (\\w+)\\??:")
                .matcher(body.group(1))
                .results()
                .map(member -> member.group(1))
                .toList();
    }

    private static List<String> names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void versionIsTheJars() throws IOException {
        Matcher jar = Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(jar.find()).isTrue();
        JsonNode manifest = Json.lenient(Files.readString(PACKAGE.resolve("package.json")));
        JsonNode lock = Json.lenient(Files.readString(PACKAGE.resolve("package-lock.json")));

        assertThat(manifest.path("version").asText()).isEqualTo(jar.group(1));
        assertThat(lock.path("version").asText()).isEqualTo(jar.group(1));
        assertThat(lock.at("/packages//version").asText()).isEqualTo(jar.group(1));
    }

    /** Where a package was fetched from is nobody else's business, and another machine's registry is another one. */
    @Test
    void lockNamesNoPlaceToFetchFrom() throws IOException {
        assertThat(Files.readString(PACKAGE.resolve("package-lock.json")))
                .contains("\"integrity\": \"sha512-")
                .doesNotContain("\"resolved\"");
    }

    /** Whoever uses the package has the platform, and what they chose themselves. */
    @Test
    void packageHasNoDependencies() throws IOException {
        JsonNode manifest = Json.lenient(Files.readString(PACKAGE.resolve("package.json")));

        assertThat(manifest.has("dependencies")).isFalse();
        manifest.path("peerDependencies").fieldNames().forEachRemaining(peer -> assertThat(
                        manifest.at("/peerDependenciesMeta/" + peer + "/optional")
                                .asBoolean())
                .as(peer)
                .isTrue());
    }
}
