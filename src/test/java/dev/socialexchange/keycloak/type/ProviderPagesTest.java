package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderPagesTest {
    private static final Path PAGES = Path.of("docs/providers");
    private static final Path DESCRIPTORS = Path.of("src/main/resources/social-providers");

    /** Those of Keycloak's types that have one, and ours. */
    static List<Descriptor> descriptors() {
        return files(DESCRIPTORS, ".yaml").stream()
                .map(DescriptorReader::resource)
                .toList();
    }

    static List<String> pages() {
        return files(PAGES, ".md").stream()
                .filter(page -> !Set.of("README", "own", "live").contains(page)) // which are of no type
                .toList();
    }

    @Test
    void everyTypeOfOursHasAPage() {
        assertThat(pages())
                .containsAll(
                        Catalogue.descriptors().stream().map(Descriptor::id).toList());
    }

    @Test
    void everyTypeOfKeycloakThatIsReplacedHasAPage() {
        // keycloak-oidc shares the page of oidc
        assertThat(pages()).contains("google", "facebook", "github", "oidc", "oauth2", "social-custom");
    }

    @Test
    void overviewLeadsToEveryPage() {
        String overview = read(PAGES.resolve("README.md"));

        assertThat(pages()).isNotEmpty().allSatisfy(page -> assertThat(overview).contains("](" + page + ".md)"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageHasTheSameParts(String page) {
        assertThat(read(PAGES.resolve(page + ".md")).lines().filter(line -> line.startsWith("#")))
                .hasSize(6)
                .endsWith(
                        "## At the provider",
                        "## In the console",
                        "## What a front end sends",
                        "## Peculiarities",
                        "## Verified");
    }

    private static List<String> files(Path folder, String extension) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(extension))
                    .map(name -> name.substring(0, name.length() - extension.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
