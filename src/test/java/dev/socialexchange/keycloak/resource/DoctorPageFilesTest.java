package dev.socialexchange.keycloak.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor's page is made of fits together, without a browser. */
class DoctorPageFilesTest {
    private static final Path FOLDER = Path.of("src/main/resources/doctor/page");
    private static final Pattern VALUE = Pattern.compile("\\{\\w+}");
    private static final Set<String> NOT_SERVED =
            Set.of("index.html", "off.html", "returned.html", "keycloak-js/LICENSE.txt", "keycloak-js/README.md");

    /** Keys that a script puts together. */
    private static final Pattern MADE = Pattern.compile(
            "(fact|field|hint|kind|proof|state|verdict|outcome|problem|sign_in|check\\.verdict|welcome)\\..*");

    @Test
    void bothLanguagesHaveTheSameWordsWithTheSameValues() {
        Map<String, String> english = DoctorPageFiles.words("en");
        Map<String, String> german = DoctorPageFiles.words("de");

        assertThat(german.keySet()).containsExactlyElementsOf(english.keySet());
        assertThat(english).allSatisfy((key, word) -> {
            assertThat(word).isNotBlank();
            assertThat(values(german.get(key))).as(key).isEqualTo(values(word));
        });
    }

    private static Set<String> values(String word) {
        return VALUE.matcher(word).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void everyWordThatIsUsedIsThereAndEveryOtherIsUsed() throws IOException {
        Set<String> known = DoctorPageFiles.words("en").keySet();
        String all = sources();
        Set<String> used = Pattern.compile("(?:\\bword\\('|data-word(?:-label)?=\"|\\{\\{word:)([a-z_.]+)")
                .matcher(all)
                .results()
                .map(use -> use.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(known).containsAll(used);
        assertThat(known)
                .filteredOn(key -> !used.contains(key) && !MADE.matcher(key).matches())
                .allSatisfy(key -> assertThat(all).contains("'" + key + "'"));
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(one -> one.toString().matches(".*\\.(js|html)"))
                    .toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void everyFileOfTheFolderIsServedOrNamedHere() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> FOLDER.relativize(file).toString()))
                    .allSatisfy(name -> assertThat(DoctorPageFiles.file(name).isPresent())
                            .as(name)
                            .isNotEqualTo(NOT_SERVED.contains(name)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "returned.html", "off.html"})
    void pagesHaveNoScriptOrStyleInside(String page) throws IOException {
        String html = Files.readString(FOLDER.resolve(page));

        assertThat(html)
                .doesNotContain("style=")
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContain("<style")
                .doesNotContainPattern("\\son\\w+=")
                .doesNotContain("http");
    }

    @Test
    void scriptsMakeNoMarkupOfText() throws IOException {
        assertThat(sources())
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(");
    }

    @Test
    void whatIsPutIntoAPageBecomesNoMarkup() {
        String html = new DoctorPageTemplate("returned.html")
                .with("en", Map.of("files", "\"><script>", "realm", "<b>&'{{realm}}$1\\"));

        assertThat(html)
                .contains("&lt;b&gt;&amp;&#39;{{realm}}$1\\", "&quot;&gt;&lt;script&gt;")
                .doesNotContain("<b>", "\"><script>");
    }

    @ParameterizedTest
    @CsvSource({
        "https://sso.example/,       https://sso.example/,            connect-src 'self';",
        "https://sso.example/auth/,  https://sso.example/,            connect-src 'self';",
        "https://sso.example/,       https://admin.example:8443/kc/,  connect-src 'self' https://sso.example https://admin.example:8443;"
    })
    void pageTalksToTheAdminApiWhereverThatIs(URI frontEnd, URI admin, String expected) {
        assertThat(DoctorPageHeaders.policy(frontEnd, admin)).contains(expected);
    }

    /** WCAG 2.2, 1.4.3: 4.5 to 1 for text, in both schemes. */
    @Test
    void textStandsOutFromWhatIsBehindIt() throws IOException {
        String css = Files.readString(FOLDER.resolve("doctor.css"));
        List<Map<String, String>> schemes = Arrays.stream(css.split("@media \\(prefers-color-scheme: dark\\)", 2))
                .map(DoctorPageFilesTest::colours)
                .toList();
        List<String> tinted = List.of("ok", "refused", "warning", "unknown", "skipped");

        assertThat(schemes).hasSize(2).allSatisfy(scheme -> {
            for (String background : List.of("page", "card")) {
                for (String text : List.of("ink", "soft", "accent", "refused")) {
                    assertContrast(scheme, text, background);
                }
            }
            assertContrast(scheme, "on-accent", "accent");
            tinted.forEach(verdict -> {
                assertContrast(scheme, verdict, verdict + "-tint");
                assertContrast(scheme, "ink", verdict + "-tint");
                assertContrast(scheme, "soft", verdict + "-tint");
            });
        });
    }

    private static Map<String, String> colours(String css) {
        return Pattern.compile("--([a-z-]+): #([0-9a-f]{3,6});")
                .matcher(css)
                .results()
                .collect(Collectors.toMap(
                        colour -> colour.group(1), colour -> colour.group(2), (first, later) -> first));
    }

    private static void assertContrast(Map<String, String> scheme, String text, String background) {
        double one = luminance(scheme.get(text));
        double other = luminance(scheme.get(background));

        assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05))
                .as("%s (#%s) on %s (#%s)", text, scheme.get(text), background, scheme.get(background))
                .isGreaterThanOrEqualTo(4.5);
    }

    private static double luminance(String hex) {
        String six = hex.length() == 3 ? hex.replaceAll("(.)", "$1$1") : hex;
        Function<Integer, Double> channel = at -> {
            double value = Integer.parseInt(six.substring(at, at + 2), 16) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * channel.apply(0) + 0.7152 * channel.apply(2) + 0.0722 * channel.apply(4);
    }
}
