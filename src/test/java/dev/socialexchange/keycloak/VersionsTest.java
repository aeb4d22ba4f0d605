package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions stand in {@code pom.xml}; whatever else has to name one names the same. */
class VersionsTest {
    private static final Pattern OURS = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern KEYCLOAKS = Pattern.compile("<keycloak.version>([^<]+)</keycloak.version>");
    private static final Pattern OF_A_PACKAGE = Pattern.compile("\"version\": *\"([^\"]+)\"");

    @ParameterizedTest
    @CsvSource({
        "Containerfile, ^ARG KEYCLOAK_VERSION=(.+)$",
        "docker-compose.yml, KEYCLOAK_VERSION:-([^}]+)}",
        ".env.example, ^#KEYCLOAK_VERSION=(.+)$",
        "Makefile, ^KC_VERSIONS = (\\S+)",
        ".github/workflows/ci.yml, keycloak: \\['([^']+)'"
    })
    void keycloakThatIsStartedIsTheOneThatIsTested(String file, String place) {
        assertThat(first(Pattern.compile(place, Pattern.MULTILINE), text(Path.of(file))))
                .isEqualTo(first(KEYCLOAKS, text(Path.of("pom.xml"))));
    }

    /** The jar, its programs and the packages of front ends are released together. */
    @Test
    void whatIsReleasedHasOneVersion() throws IOException {
        String ours = number(first(OURS, text(Path.of("pom.xml"))));
        PathMatcher packages = FileSystems.getDefault().getPathMatcher("glob:clients/*/{pom.xml,package.json}");
        try (Stream<Path> files = Files.walk(Path.of("clients"), 2)) {
            List<Path> described = Stream.concat(
                            files.filter(packages::matches), Stream.of(Path.of("importer/pom.xml")))
                    .toList();

            assertThat(described).isNotEmpty().allSatisfy(file -> {
                Pattern place = file.endsWith("package.json") ? OF_A_PACKAGE : OURS;
                assertThat(number(first(place, text(file)))).isEqualTo(ours);
            });
        }
    }

    private static String number(String version) {
        return version.replace("-SNAPSHOT", "");
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as("%s is there", pattern).isTrue();
        return found.group(1);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
