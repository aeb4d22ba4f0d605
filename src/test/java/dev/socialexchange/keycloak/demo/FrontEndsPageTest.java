package dev.socialexchange.keycloak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FrontEndsPageTest {
    private static final Pattern JAVASCRIPT = Pattern.compile("(?s)```js\\n(.*?)```");

    @Test
    void whatThePageShowsIsWhatTheDemoRuns() throws IOException {
        String run = Files.readString(Path.of("src/test/resources/demo/session.js"))
                + Files.readString(Path.of("src/test/resources/demo/sdks.js"));

        List<String> functions = JAVASCRIPT
                .matcher(Files.readString(Path.of("docs/front-ends.md")))
                .results()
                .map(MatchResult::group)
                .flatMap(block -> Pattern.compile("\\n\\n").splitAsStream(block))
                .map(function -> function.replaceAll("```(js\\n)?", "").strip())
                .toList();

        assertThat(functions).hasSizeGreaterThan(6).allSatisfy(function -> assertThat(run)
                .contains(function));
    }
}
