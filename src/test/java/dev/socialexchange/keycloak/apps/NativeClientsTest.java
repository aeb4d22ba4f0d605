package dev.socialexchange.keycloak.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the clients for apps have of the contract. {@code -Dupdate.docs} writes it anew. */
class NativeClientsTest {
    private static final Path KOTLIN = Path.of("clients/kotlin/src/main/kotlin/dev/socialexchange/keycloak/client");
    private static final Path SWIFT = Path.of("clients/swift/Sources/SocialExchange");

    @Test
    void kotlinKnowsEveryReason() throws IOException {
        assertGenerated(
                KOTLIN.resolve("Reason.kt"),
                """
                package dev.socialexchange.keycloak.client

                // Generated from the contract: mvn test -Dtest=NativeClientsTest -Dupdate.docs

                /** The stable words of refusals, `error_reason`. Newer servers may know further ones: go by `error` then. */
                public enum class Reason(public val word: String) {
                %s;

                    public companion object {
                        private val words = entries.associateBy { it.word }

                        /** Null for a word that this library does not know. */
                        public fun of(word: String?): Reason? = words[word]
                    }
                }
                """
                        .formatted(reasons(error -> "    /** %s (%d `%s`). */\n    %s(\"%s\"),"
                                .formatted(
                                        error.description(),
                                        error.status(),
                                        error.error(),
                                        error.name(),
                                        error.reason()))));
    }

    @Test
    void swiftKnowsEveryReason() throws IOException {
        assertGenerated(
                SWIFT.resolve("Reason.swift"),
                """
                // Generated from the contract: mvn test -Dtest=NativeClientsTest -Dupdate.docs

                /// The stable words of refusals, `error_reason`. Newer servers may know further ones: go by `error` then.
                public enum Reason: String, Sendable, CaseIterable {
                %s
                }
                """
                        .formatted(reasons(error -> "    /// %s (%d `%s`).\n    case %s = \"%s\""
                                .formatted(
                                        error.description(),
                                        error.status(),
                                        error.error(),
                                        camelCase(error.reason()),
                                        error.reason()))));
    }

    @Test
    void clientsHaveTheVersionOfTheJar() throws IOException {
        assertThat(version(Path.of("clients/kotlin/pom.xml"))).isEqualTo(version(Path.of("pom.xml")));
        assertThat(Files.readString(SWIFT.resolve("Version.swift")))
                .contains("\"" + version(Path.of("pom.xml")) + "\"");
    }

    private static void assertGenerated(Path file, String content) throws IOException {
        if (System.getProperty("update.docs") != null) {
            Files.writeString(file, content);
        }
        assertThat(Files.readString(file))
                .as("stale: mvn test -Dtest=NativeClientsTest -Dupdate.docs")
                .isEqualTo(content);
    }

    private static String reasons(Function<ExchangeError, String> line) {
        return Stream.of(ExchangeError.values()).map(line).collect(Collectors.joining("\n"));
    }

    private static String camelCase(String word) {
        return Pattern.compile("_([a-z])").matcher(word).replaceAll(match -> match.group(1)
                .toUpperCase(Locale.ROOT));
    }

    /** The first one in a pom without a parent is the project's own. */
    private static String version(Path pom) throws IOException {
        Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(pom));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}
