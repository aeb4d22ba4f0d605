package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code src/build/release.sh} releases, what the page of releases says of it, and what other pages take for granted. */
class ReleaseTest {
    private static final Path PAGES = Path.of("docs");
    private static final Pattern MADE = Pattern.compile("\\$name-(\\w+)-\\$version");
    private static final Pattern ON_THE_PAGE = Pattern.compile("(?m)^\\| `social-exchange-(\\w+)-VERSION");
    private static final Pattern STARTED = Pattern.compile("java -(?:jar|cp) (?:\\S*/)?social-exchange-(\\w+)\\.jar");

    @Test
    void pageHasWhatIsReleasedAndNothingElse() throws IOException {
        assertThat(found(ON_THE_PAGE, PAGES.resolve("upgrading.md"))).isEqualTo(released());
    }

    @Test
    void everyProgramThatAPageStartsIsReleased() throws IOException {
        Set<String> started = new TreeSet<>();
        try (Stream<Path> pages = Files.walk(PAGES)) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                started.addAll(found(STARTED, page));
            }
        }

        assertThat(started).contains("doctor", "import", "simulator", "streams");
        assertThat(released()).containsAll(started);
    }

    private static Set<String> released() throws IOException {
        return found(MADE, Path.of("src/build/release.sh"));
    }

    private static Set<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
