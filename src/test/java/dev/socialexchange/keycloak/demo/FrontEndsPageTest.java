package dev.socialexchange.keycloak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page shows as tested is what the tests run, piece by piece. */
class FrontEndsPageTest {
    private static final Path PAGE = Path.of("docs/front-ends.md");
    private static final Pattern BLANK_LINE = Pattern.compile("\n\n");

    @ParameterizedTest
    @CsvSource({
        "js, src/test/resources/demo, recipe.js, app.js",
        "kotlin, clients/kotlin/src/main/kotlin/dev/socialexchange/keycloak/client, Answer.kt, Session.kt",
        "swift, ., clients/swift/Sources/SocialExchange/Answer.swift, src/test/swift/main.swift"
    })
    void piecesAreThoseThatAreRun(String language, Path folder, String first, String second) throws IOException {
        String run = unindented(Files.readString(folder.resolve(first)) + Files.readString(folder.resolve(second)));

        assertThat(pieces(language)).hasSizeGreaterThan(5).allSatisfy(piece -> assertThat(run)
                .contains(piece));
    }

    private static List<String> pieces(String language) throws IOException {
        return Pattern.compile("(?s)```" + language + "\\n(.*?)```")
                .matcher(Files.readString(PAGE))
                .results()
                .flatMap(block -> BLANK_LINE.splitAsStream(block.group(1)))
                .map(FrontEndsPageTest::unindented)
                .toList();
    }

    private static String unindented(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
