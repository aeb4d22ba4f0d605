package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
                .filter(page -> !Set.of("README", "own").contains(page)) // which are of no type
                .toList();
    }

    /** {@code mvn test -Dtest=ProviderPagesTest -Dupdate.docs} writes these parts anew. */
    @ParameterizedTest
    @MethodSource("descriptors")
    void pageHoldsWhatTheDescriptorSays(Descriptor descriptor) {
        Path file = PAGES.resolve(descriptor.id() + ".md");
        assertThat(file).isRegularFile();
        String page = read(file);
        String fresh = GeneratedPart.replace(page, "facts", ProviderPage.facts(descriptor));
        fresh = GeneratedPart.replace(fresh, "command", ProviderPage.command(descriptor));

        if (System.getProperty("update.docs") != null) {
            write(file, fresh);
        } else {
            assertThat(page)
                    .as("stale: mvn test -Dtest=ProviderPagesTest -Dupdate.docs")
                    .isEqualTo(fresh);
        }
    }

    @Test
    void readmeCountsTheTypesThatThereAre() {
        Matcher count = Pattern.compile("\\[(\\d+) types of provider]").matcher(read(Path.of("README.md")));

        assertThat(count.find()).isTrue();
        assertThat(count.group(1)).isEqualTo(String.valueOf(Conformance.types().size()));
        assertThat(descriptors()).hasSameSizeAs(Conformance.types());
    }

    @Test
    void operationsNamesTheTypesWithoutAddresses() {
        Matcher listed = Pattern.compile("These types never give an address: ([^:]*?)\\. ")
                .matcher(read(Path.of("docs/operations.md")).replaceAll("\\s+", " "));

        assertThat(listed.find()).isTrue();
        assertThat(listed.group(1).split(", | and "))
                .containsExactlyElementsOf(Conformance.withoutAddresses().stream()
                        .map(DescriptorReader::resource)
                        .map(Descriptor::name)
                        .toList());
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

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
