package dev.socialexchange.keycloak.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.doctor.Step.Verdict;
import dev.socialexchange.keycloak.net.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/socialexchange/keycloak/doctor");
    /** What is found with something to do about it; a constant stands for the step of its class. */
    private static final Pattern FOUND =
            Pattern.compile("Finding\\.(?:refused|warning|unknown|note)\\(\\s*(\"\\w+\"|\\w+)\\s*,\\s*\"(\\w+)\"");

    private static final Pattern CONSTANT = Pattern.compile("String (\\w+) = (\"\\w+\");");

    /** Somebody would be told of a mistake, and not what to do. */
    @Test
    void everythingThatIsFoundHasAdvice() throws IOException {
        Set<String> advices = new TreeSet<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                String source = Files.readString(file);
                FOUND.matcher(source).results().forEach(found -> {
                    String name = found.group(1);
                    String step = name.startsWith("\"")
                            ? name
                            : CONSTANT.matcher(source)
                                    .results()
                                    .filter(constant -> constant.group(1).equals(name))
                                    .map(constant -> constant.group(2))
                                    .findFirst()
                                    .orElse("\"" + name + "\"");
                    advices.add(step.replace("\"", "") + '.' + found.group(2));
                });
            }
        }
        advices.removeIf(advice -> advice.startsWith("name.")); // of both flows

        assertThat(advices).hasSizeGreaterThan(30);
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            Phrases phrases = new Phrases(locale);
            assertThat(advices).allSatisfy(advice -> {
                assertThat(phrases.find("advice." + advice)).as(advice).isPresent();
                String step = advice.substring(0, advice.indexOf('.'));
                assertThat(phrases.title(step)).isNotEqualTo(step);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTroubleOnTheWayHasAdvice(Trouble trouble) {
        Finding.refused("reach", trouble.name().toLowerCase(Locale.ROOT)).in(new Phrases(Locale.GERMAN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first_login_flow", "post_login_flow"})
    void bothFlowsHaveAdvice(String flow) {
        for (String matter : List.of("missing", "foreign", "browser")) {
            assertThat(Finding.warning(flow, matter)
                            .in(new Phrases(Locale.ENGLISH))
                            .advice())
                    .isNotBlank();
        }
    }

    @Test
    void theWorstStepIsTheVerdictAndWhatWasSkippedIsNone() {
        Finding ok = Finding.ok("enabled");
        Finding note = Finding.note("redirect_uri", "register");
        Finding unknown = Finding.unknown("credentials", "untellable");
        Finding warning = Finding.warning("link_only", "on");
        Finding refused = Finding.refused("open", "closed");

        assertThat(Finding.worst(List.of(note))).isEqualTo(Verdict.OK);
        assertThat(Finding.worst(List.of(ok, note))).isEqualTo(Verdict.OK);
        assertThat(Finding.worst(List.of(ok, unknown, note))).isEqualTo(Verdict.UNKNOWN);
        assertThat(Finding.worst(List.of(warning, unknown))).isEqualTo(Verdict.WARNING);
        assertThat(Finding.worst(List.of(refused, warning, ok))).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void settingIsNamedAsTheConsoleDoes() {
        Phrases phrases = new Phrases(Locale.ENGLISH);

        assertThat(Finding.refused("open", "closed")
                        .setting("exchangeClients")
                        .in(phrases)
                        .setting()
                        .label())
                .isEqualTo("Token exchange: clients");
        assertThat(Finding.warning("link_only", "on")
                        .setting("linkOnly")
                        .in(phrases)
                        .setting()
                        .label())
                .isEqualTo("Account linking only");
    }
}
