package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mvn test -Dtest=ProviderFilesTest -Dupdate.docs} writes them anew. */
class ProviderFilesTest {

    @Test
    void everythingThatListsProvidersIsMadeOfTheirDescriptors() throws IOException {
        ProviderFiles files = new ProviderFiles(Path.of(""));
        if (System.getProperty("update.docs") != null) {
            files.write();
        }

        for (Map.Entry<Path, String> file : files.fresh().entrySet()) {
            assertThat(Files.readString(file.getKey()))
                    .as("stale: mvn test -Dtest=ProviderFilesTest -Dupdate.docs: " + file.getKey())
                    .isEqualTo(file.getValue());
        }
    }

    /** What is announced is what there is a descriptor of: no class outlives its file. */
    @Test
    void everyDescriptorIsAType() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/social-providers"))) {
            assertThat(Conformance.types())
                    .extracting(Descriptor::id)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .map(name -> name.replace(".yaml", ""))
                                    .toList());
        }
    }

    /** A new provider, and nothing else that a person would write. */
    @Test
    void exampleIsKnownEverywhereByItsFourFiles(@TempDir Path folder) throws Exception {
        ExampleProject project = ExampleProject.in(folder);
        project.add("descriptor.yaml", "src/main/resources/social-providers/example.yaml");
        project.add("simulator.yaml", "src/simulator/resources/simulator/example.yaml");
        project.add("payload.yaml", "src/test/resources/payloads/example.yaml");
        project.add("page.md", "docs/providers/example.md");

        new ProviderFiles(folder).write();

        assertThat(project.read("themes/social-exchange/login/theme.properties"))
                .contains("\nkcLogoIdP-example=social-exchange-mark social-exchange-example\n");
        assertThat(project.read("themes/social-exchange/login/resources/css/social-exchange.css"))
                .contains(".social-exchange-example { --social-exchange-initials: \"Ex\";"
                        + " --social-exchange-ground: #ffe97f; --social-exchange-ink: #000000; }");
        assertThat(project.read("clients/js/src/marks.ts")).contains("\n  example: 'Ex #ffe97f #000000',\n");
        assertThat(project.read("clients/js/dist/marks.js")).contains("\n    example: 'Ex #ffe97f #000000',\n");
        assertThat(project.read("docs/providers/README.md"))
                .contains("[Example](example.md)")
                .contains("| `example` | Example | none | `app` of `api.example.example/token` | yes |");
        assertThat(project.read("docs/providers/example.md"))
                .contains("| user id | `/id` |")
                .contains("-d subject_issuer=example ");
        assertThat(project.read("docs/operations.md"))
                .containsPattern("(?m)^types='.*\\|epicgames\\|example\\|figma\\|.*'$")
                .containsPattern("never give an address: [^.]*(\\.net)?[^.]*Epic\\sGames,\\sExample,");
        assertThat(project.read("README.md"))
                .contains("[" + (Conformance.types().size() + 1) + " types of provider]");
        try (URLClassLoader built = project.built()) {
            checks(built).accept("example");
        }
    }

    @Test
    void whatAUserSawLiveStandsInTheListAndOnThePage(@TempDir Path folder) throws IOException {
        ExampleProject.in(folder);
        Path live = folder.resolve("docs/providers/live.md");
        Files.writeString(
                live,
                Files.readString(live)
                        + """
                        | `google` | id_token | 2026-11-29 | 0.1.0 | 26.7.5 | tokens; check ok |
                        | `google` | access_token | 2026-11-28 | 0.1.0 | 26.7.5 | tokens; check ok |
                        """);

        new ProviderFiles(folder).write();

        assertThat(Files.readString(folder.resolve("docs/providers/README.md")))
                .containsPattern("(?m)^\\| `google` \\|.*\\| \\[live]\\(live.md\\), 2026-11-29: id_token \\|$")
                .containsPattern("(?m)^\\| `amazon` \\|.*\\| simulator \\|$");
        assertThat(Files.readString(folder.resolve("docs/providers/google.md")))
                .contains("| verified against | [live](live.md), 2026-11-29: id_token |\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| `myspace` | id_token | 2026-11-29 | 0.1.0 | 26.7.5 | tokens; check ok |",
                "| `google` | id_token | 2026-11-29 | 0.1.0 | 26.7.5 | it works for ada@example.org |",
                "| `google` | password | 2026-11-29 | 0.1.0 | 26.7.5 | tokens; check ok |",
                "| `google` | id_token | 2026-11-29 | 0.1.0 | 26.7.5 | check ok |",
                "Ada says that Google works."
            })
    void aRowThatTheCommandDoesNotWriteIsNone(String row) throws IOException {
        String page = Files.readString(Path.of("docs/providers/live.md"));

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> LiveProofs.in(page + row, Set.of("google")));
    }

    @SuppressWarnings("unchecked") // the class is of another loader, and the interface is not
    private static Consumer<String> checks(ClassLoader loader) throws ReflectiveOperationException {
        return (Consumer<String>) loader.loadClass(ExampleChecks.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }
}
