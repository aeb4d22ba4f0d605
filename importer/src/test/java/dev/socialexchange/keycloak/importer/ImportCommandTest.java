package dev.socialexchange.keycloak.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void writesALineForEachPersonAndTellsWhatIsLost() throws IOException {
        Path export = Files.writeString(
                folder.resolve("people.ndjson"),
                """
                {"sourceId":"1","username":"mira","identities":[{"provider":"github","uid":"583231"},{"provider":"google-oauth2","uid":"mira@example.org"}]}
                {"sourceId":"2","username":"tomas","password":"pbkdf2_sha256$1$s$h","identities":[{"provider":"github","uid":"583231"}]}
                {"sourceId":"3","identities":[]}
                """);

        assertThat(run("translate", "python-social-auth", export.toString(), "github=work"))
                .isZero();

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .first()
                .satisfies(line -> assertThat(
                                Json.lenient(line).map(JsonNode::toString).orElse(""))
                        .contains("\"alias\":\"work\""));
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "people: 3",
                        "accounts of work: 2",
                        "lost, google: id_is_address: 1",
                        "passwords of django: 1",
                        "accounts that two people have: 1",
                        "people whom nothing names: 1");
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("mira");
    }

    @Test
    void tellsHowItIsCalled() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("translate", "myspace", "x")).isEqualTo(2);
        assertThat(run("translate", "auth0", "x", "no pair")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("firebase", "kratos");
    }

    @Test
    void failsOnAnExportOfAnotherKindWithoutShowingIt() throws IOException {
        Path export = Files.writeString(folder.resolve("people.json"), "{\"secret\":\"mira@example.org\"}");

        assertThat(run("translate", "firebase", export.toString())).isEqualTo(1);
        assertThat(run("translate", "firebase", folder.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("mira");
    }

    /** The tests' heap has 48 MB, and the export 80. */
    @Test
    void anExportIsNeverWholeInMemory() throws IOException {
        Path export = folder.resolve("large.json");
        String padding = "x".repeat(700);
        try (Writer writer = Files.newBufferedWriter(export)) {
            writer.write("{\"users\":[");
            for (int number = 0; number < 100_000; number++) {
                writer.write((number == 0 ? "" : ",") + "{\"localId\":\"" + number + "\",\"email\":\"p" + number
                        + "@example.org\",\"photoUrl\":\"" + padding
                        + "\",\"providerUserInfo\":[{\"providerId\":\"google.com\",\"rawId\":\""
                        + (104_200_000_000_000L + number) + "\"}]}");
            }
            writer.write("]}");
        }
        long begun = System.nanoTime();

        int exit = new ImportCommand(
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        name -> null,
                        0)
                .run("translate", "firebase", export.toString());

        System.out.printf("translated: 100000 people in %d ms%n", (System.nanoTime() - begun) / 1_000_000);
        assertThat(exit).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("people: 100000");
    }

    private int run(String... arguments) {
        return new ImportCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        name -> null,
                        0)
                .run(arguments);
    }
}
