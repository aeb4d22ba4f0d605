package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is JSON, what is none, and that neither costs anything. */
class StrictJsonTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Reading with another mapper than the strict one; writing, and turning trees into objects, is nobody's danger. */
    private static final Pattern READS =
            Pattern.compile("new ObjectMapper|readTree\\(|readValue\\(|readJsonContent\\(|createParser\\(");

    @Test
    void readsWhatIsOddAndStillJson() {
        for (String value : OddJson.readable()) {
            assertThat(StrictJson.read(value)).as(head(value)).isPresent();
            assertThat(StrictJson.read("{\"place\":" + value + "}"))
                    .as(head(value))
                    .isPresent();
        }
    }

    @Test
    void readsNothingThatOthersMightReadOtherwise() {
        List<String> unreadable = new ArrayList<>(OddJson.unreadable());
        unreadable.addAll(OddJson.huge());
        for (String value : unreadable) {
            assertTimeoutPreemptively(SOON, () -> assertThat(StrictJson.read("{\"place\":" + value + "}"))
                    .as(head(value))
                    .isEmpty());
            assertThat(StrictJson.read(value.getBytes(StandardCharsets.UTF_8)))
                    .as(head(value))
                    .isEmpty();
        }
    }

    @Test
    void readsOneCompleteDocumentInUtf8() {
        OddJson.brokenFormsOf("{\"id\":\"Zoë\"}")
                .forEach((what, bytes) ->
                        assertThat(StrictJson.read(bytes)).as(what).isEmpty());
        assertThat(StrictJson.read(" \r\n{\"id\":\"Zoë\"}\t".getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        assertThat(StrictJson.read("\ufeff{}".getBytes(StandardCharsets.UTF_8)))
                .as("a byte order mark, which some servers send (RFC 8259 §8.1)")
                .isPresent();
    }

    @Test
    void nestsToALimit() {
        assertThat(StrictJson.read("[".repeat(64) + "]".repeat(64))).isPresent();
        assertThat(StrictJson.read("[".repeat(65) + "]".repeat(65))).isEmpty();
    }

    @Test
    void hasALimitForAllOfIt() {
        String padding = "x".repeat(512 * 1024 - 2);
        assertThat(StrictJson.read('"' + padding + '"')).isPresent();
        assertThat(StrictJson.read('"' + padding + "x\"")).isEmpty();
    }

    @Test
    void numbersKeepTheirDigits() {
        for (String digits : List.of("9007199254740993", "123456789012345678901234567890", "-0.1234567890123456789")) {
            assertThat(StrictJson.read("{\"id\":" + digits + "}"))
                    .get()
                    .extracting(found -> found.path("id").asText())
                    .isEqualTo(digits);
        }
    }

    /** Whoever got a tree may ask it anything. */
    @Test
    void whatWasReadCostsNothingHoweverItIsLookedAt() {
        for (String value : OddJson.readable()) {
            JsonNode node = StrictJson.read(value).orElseThrow();
            assertTimeoutPreemptively(SOON, () -> lookAt(node), head(value));
        }
    }

    private static void lookAt(JsonNode node) {
        for (JsonNode found : List.of(node, node.deepCopy())) {
            assertThat(found.asText() + found.textValue()).isNotNull();
            assertThat(found.asLong() + found.longValue() + found.asInt() + found.intValue())
                    .isNotNull();
            assertThat(found.bigIntegerValue()).isNotNull();
            assertThat(found.decimalValue().toPlainString()).isNotNull();
            assertThat(found.canConvertToLong() || found.canConvertToInt() || found.isIntegralNumber())
                    .isNotNull();
            assertThat(found).hasSameHashCodeAs(node).isEqualTo(node);
            assertThat(StrictJson.read(found.toString()))
                    .map(JsonNode::toString)
                    .contains(found.toString());
        }
    }

    /** So that there stays one place to look at. */
    @Test
    void nobodyElseReadsJson() throws IOException {
        Map<String, String> others = Map.of(
                "StrictJson.java", "this one",
                "YamlTree.java", "YAML of the server's operator",
                "VerifiedAccount.java", "what it has written itself, into the cluster's own store");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<String> readers = sources.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> READS.matcher(text(file)).find())
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertThat(readers).containsExactlyInAnyOrderElementsOf(others.keySet());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String head(String value) {
        return value.substring(0, Math.min(60, value.length()));
    }
}
