package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} names tests that are there, and one for each of its rules at least. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("docs/security.md");

    /** {@code Class} or {@code Class.method}; {@code …method} is one more of the class before. */
    private static final Pattern NAMED = Pattern.compile("`(?:([A-Z]\\w*(?:IT|Test))(?:\\.(\\w+))?|…(\\w+))`");

    private static final Pattern RULE = Pattern.compile("(?m)^(\\d+)\\. ");
    private static final Pattern RULES_TESTS = Pattern.compile("(?m)^\\| (\\d+) \\| (.*) \\|$");

    private final Map<String, String> sources = sources();
    private final String page = text(PAGE);

    @Test
    void everyTestThatIsNamedExists() {
        List<String> missing = new ArrayList<>();
        String last = "no class";
        Matcher named = NAMED.matcher(page);
        while (named.find()) {
            String type = named.group(1) == null ? last : named.group(1);
            String method = named.group(1) == null ? named.group(3) : named.group(2);
            last = type;
            if (!exists(type, method)) {
                missing.add(type + (method == null ? "" : "." + method));
            }
        }

        assertThat(missing).isEmpty();
        assertThat(NAMED.matcher(page).results()).hasSizeGreaterThan(100);
    }

    @Test
    void noRuleIsWithoutATest() {
        List<String> rules = RULE.matcher(page.substring(0, page.indexOf("## Known attacks")))
                .results()
                .map(rule -> rule.group(1))
                .toList();
        Map<String, Long> tests = new TreeMap<>();
        RULES_TESTS
                .matcher(page.substring(page.indexOf("## Tests of the rules")))
                .results()
                .forEach(row -> tests.put(
                        row.group(1), NAMED.matcher(row.group(2)).results().count()));

        assertThat(rules).isNotEmpty().doesNotHaveDuplicates();
        assertThat(tests.keySet()).containsExactlyInAnyOrderElementsOf(rules);
        assertThat(tests.values()).allMatch(count -> count > 0);
    }

    /** And that a name which nobody has is noticed. */
    @Test
    void knowsWhatIsNotThere() {
        assertThat(exists("SecurityPageTest", "knowsWhatIsNotThere")).isTrue();
        assertThat(exists("SecurityPageTest", "whatNobodyHasWritten")).isFalse();
        assertThat(exists("SecurityPageTest", "sources")).as("no test").isFalse();
        assertThat(exists("NobodysIT", null)).isFalse();
    }

    private boolean exists(String type, String method) {
        String source = sources.get(type);
        return source != null
                && (method == null
                        || Pattern.compile("(?s)@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b"
                                        + "(?:(?!\\n    }\\n)[\\s\\S])*?(?:void|Stream<[\\w<>? ]+>|fun) `?" + method
                                        + "`?\\(")
                                .matcher(source)
                                .find());
    }

    private static Map<String, String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/test"))) {
            return files.filter(file -> file.toString().matches(".*(IT|Test)\\.(java|kt)"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replaceFirst("\\..*", ""),
                            SecurityPageTest::text,
                            (one, other) -> one + other)); // two packages may have tests of one name
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
