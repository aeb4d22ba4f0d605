package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/privacy.md} says what the code does; that its table of providers is fresh is {@code ProviderFilesTest}'s. */
class PrivacyPageTest {
    private static final Path DOCTORS_PAGE = Path.of("src/main/resources/doctor/page");
    private static final Pattern KEPT =
            Pattern.compile("(localStorage|sessionStorage)\\.setItem\\((\\w+)|document\\.cookie|indexedDB");

    private final String page = NamedTests.text(Path.of("docs/privacy.md"));

    @Test
    void everyTestThatIsNamedExists() {
        assertThat(new NamedTests().missing(page)).isEmpty();
        assertThat(NamedTests.count(page)).isGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proof.SingleUse.LAPSES_SECONDS | 60 | 60 seconds while the exchange goes on",
                "proof.IssuedNonces.LIFESPAN_SECONDS | 600 | was only issued is kept nowhere . 10 minutes",
                "continuation.ContinuationStore.MAX_LIFESPAN_SECONDS | 900 | at most 15 minutes; gone once it is used",
                "continuation.VerifiedAccount.MAX_BYTES | 16384 | at most 16 KiB",
                "login.LinkGuard.LIFESPAN_SECONDS | 15 | 15 seconds at most",
                "login.LinkUndo.LIFESPAN | 604800 | signed by the realm, for 7 days",
                "throttle.NodeThrottle.CAPACITY | 100000 | at most 100,000 . 12 minutes",
                "throttle.Levels.FULL | 660000000000 | 12 minutes after the last failure",
                "throttle.Levels.LIMIT | 60000000000 | 12 minutes after the last failure",
                "net.Standings.CAPACITY | 10000 | by the same three; at most 10,000",
                "net.Standings.SUCCESS_COUNTS | 600 | older than 10 minutes .refusals",
                "net.Standings.REFUSAL_COUNTS | 60 | refusals: one minute",
                "net.RecentRefusals.CAPACITY | 10000 | a key of the node's own; at most 10,000",
                "net.RecentRefusals.LIFE | 5 | . 5 seconds .",
            })
    void timesAndSizesAreThoseOfTheCode(String constant, long value, String said) throws ReflectiveOperationException {
        int dot = constant.lastIndexOf('.');
        Field field = Class.forName("dev.socialexchange.keycloak." + constant.substring(0, dot))
                .getDeclaredField(constant.substring(dot + 1));
        field.setAccessible(true);
        Object found = field.get(null);

        assertThat(found instanceof Duration duration ? duration.toSeconds() : ((Number) found).longValue())
                .isEqualTo(value);
        assertThat(page).containsPattern(said);
    }

    /** And Keycloak's own script for logins, which is not ours, keeps what it needs until the browser is back. */
    @Test
    void doctorsPageKeepsNothingElse() throws IOException {
        Set<String> kept = new TreeSet<>();
        try (Stream<Path> scripts = Files.list(DOCTORS_PAGE)) {
            scripts.filter(file -> file.toString().endsWith(".js"))
                    .map(NamedTests::text)
                    .forEach(script -> KEPT.matcher(script).results().forEach(match -> kept.add(match.group())));
        }

        assertThat(kept).containsExactly("localStorage.setItem(KEPT", "sessionStorage.setItem(VIEW");
    }
}
