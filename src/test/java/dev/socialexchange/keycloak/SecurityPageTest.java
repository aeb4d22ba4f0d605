package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} names tests that are there, and one for each of its rules at least. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("docs/security.md");

    private static final Pattern RULE = Pattern.compile("(?m)^(\\d+)\\. ");
    private static final Pattern RULES_TESTS = Pattern.compile("(?m)^\\| (\\d+) \\| (.*) \\|$");

    private final NamedTests tests = new NamedTests();
    private final String page = NamedTests.text(PAGE);

    @Test
    void everyTestThatIsNamedExists() {
        assertThat(tests.missing(page)).isEmpty();
        assertThat(NamedTests.count(page)).isGreaterThan(100);
    }

    @Test
    void noRuleIsWithoutATest() {
        List<String> rules = RULE.matcher(page.substring(0, page.indexOf("## Known attacks")))
                .results()
                .map(rule -> rule.group(1))
                .toList();
        Map<String, Long> ofRules = new TreeMap<>();
        RULES_TESTS
                .matcher(page.substring(page.indexOf("## Tests of the rules")))
                .results()
                .forEach(row -> ofRules.put(row.group(1), NamedTests.count(row.group(2))));

        assertThat(rules).isNotEmpty().doesNotHaveDuplicates();
        assertThat(ofRules.keySet()).containsExactlyInAnyOrderElementsOf(rules);
        assertThat(ofRules.values()).allMatch(count -> count > 0);
    }

    /** And that a name which nobody has is noticed. */
    @Test
    void knowsWhatIsNotThere() {
        assertThat(tests.exists("SecurityPageTest", "knowsWhatIsNotThere")).isTrue();
        assertThat(tests.exists("SecurityPageTest", "whatNobodyHasWritten")).isFalse();
        assertThat(tests.exists("SecurityPageTest", "sources")).as("no test").isFalse();
        assertThat(tests.exists("NobodysIT", null)).isFalse();
    }
}
