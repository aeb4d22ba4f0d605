package dev.socialexchange.keycloak.command;

import static dev.socialexchange.keycloak.command.AdminServer.API;
import static dev.socialexchange.keycloak.command.AdminServer.TOKENS;
import static dev.socialexchange.keycloak.command.AdminServer.step;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorCommandTest {
    private static final String CHECK = "POST" + API + "/providers/google/check";
    private static final String DRY_RUN = "POST" + API + "/providers/google/dry-run";
    private static final String PROVIDER_TOKEN = "eyJhbGciOiJSUzI1NiJ9.of-a-person.signature";
    private static final String GOT_TOKENS =
            "{\"outcome\":\"tokens\",\"status\":200,\"user_created\":true,\"claims\":{\"access_token\":{\"iss\":\"here\"}}}";
    private static final String REFUSED = "{\"outcome\":\"refused\",\"status\":400,\"error\":\"invalid_request\","
            + "\"error_reason\":\"token_for_another_app\",\"error_description\":\"Not ours\",\"detail\":\"other-client\"}";
    private static final String WRONG_SECRET =
            "{\"name\":\"client_secret\",\"title\":\"Client secret\",\"verdict\":\"refused\",\"expected\":\"invalid_grant\","
                    + "\"found\":\"invalid_client\",\"setting\":{\"key\":\"clientSecret\",\"label\":\"Client Secret\"},"
                    + "\"advice\":\"Enter the secret of this client ID.\",\"took_ms\":142,"
                    + "\"calls\":[{\"host\":\"oauth2.googleapis.com\",\"outcome\":\"4xx\",\"took_ms\":140}]}";

    private final AdminServer server = AdminServer.start();
    private final Shell shell = new Shell();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void endsWithZeroWhereAllIsWell() {
        server.providers("google google true true", "github github true true")
                .check("google", "google", "ok", step("jwks", "ok", "www.googleapis.com"))
                .check("github", "github", "ok", step("client_secret", "ok", "github.com"));

        assertThat(shell.runAtRealm(server)).isEqualTo(Exit.ALL_WELL);
        assertThat(shell.output())
                .contains(
                        "check of google (google): ok\n  ok        Title of jwks     12 ms  www.googleapis.com 2xx 11 ms\n")
                .contains("check of github (github): ok\n")
                .endsWith("2 checks, 0 dry-runs: all well\n\n");
        assertThat(shell.errors()).isEmpty();
    }

    @Test
    void endsWithOneForAFindingAndSaysWhatToDo() {
        server.providers("google google true true")
                .check("google", "google", "refused", step("jwks", "ok", "www.googleapis.com"), WRONG_SECRET);

        assertThat(shell.runAtRealm(server)).isEqualTo(Exit.FINDINGS);
        assertThat(shell.output())
                .contains(
                        """
                        check of google (google): refused
                          ok        Title of jwks     12 ms  www.googleapis.com 2xx 11 ms
                          refused   Client secret    142 ms  oauth2.googleapis.com 4xx 140 ms
                                    expected    invalid_grant
                                    found       invalid_client
                                    setting     Client Secret (clientSecret)
                                    to do       Enter the secret of this client ID.
                        """)
                .contains("1 check, 0 dry-runs: 1 with something to do");
    }

    @Test
    void notesAndDetailsAreForThoseWhoAskForThem() {
        String note = "{\"name\":\"redirect_uri\",\"title\":\"Redirect URI\",\"verdict\":\"skipped\",\"took_ms\":0,"
                + "\"expected\":\"https://here.example/\",\"advice\":\"Register it.\"}";
        server.providers("google google true true").check("google", "google", "unknown", note);

        assertThat(shell.runAtRealm(server)).isEqualTo(Exit.ALL_WELL);
        assertThat(shell.output())
                .contains("skipped   Redirect URI", "1 check, 0 dry-runs: all well, 1 could not be told in full")
                .doesNotContain("Register it.");
        assertThat(shell.runAtRealm(server, "--verbose")).isEqualTo(Exit.ALL_WELL);
        assertThat(shell.output()).contains("expected    https://here.example/", "to do       Register it.");
    }

    @ParameterizedTest
    @CsvSource({
        "ok, ALL_WELL",
        "unknown, ALL_WELL",
        "warning, FINDINGS",
        "refused, FINDINGS",
        "of-a-newer-server, FINDINGS"
    })
    void whatCannotBeToldIsNoFindingAndWhatIsNotKnownIsOne(String verdict, Exit exit) {
        server.providers("google google true true").check("google", "google", verdict);

        assertThat(shell.runAtRealm(server)).isEqualTo(exit);
        assertThat(shell.output()).contains("check of google (google): " + verdict);
    }

    @Test
    void checksWhatPeopleCanUseAndSaysWhatElseThereIs() {
        server.providers("google google true true", "old oidc false true", "later github true false")
                .check("google", "google", "ok");

        assertThat(shell.runAtRealm(server)).isEqualTo(Exit.ALL_WELL);
        assertThat(shell.output()).contains("not checked: old (disabled), later (closed); --provider ALIAS");
        assertThat(server.asked())
                .filteredOn(one -> one.request().endsWith("/check"))
                .hasSize(1);
    }

    @Test
    void checksAClosedProviderThatIsNamed() {
        server.providers("google google true false").check("google", "google", "refused");

        assertThat(shell.runAtRealm(server, "--provider", "google")).isEqualTo(Exit.FINDINGS);
        assertThat(server.asked(CHECK)).hasSize(1);
    }

    @Test
    void aRealmWithNothingToCheckIsNotAllWell() {
        server.providers("later github true false");

        assertThat(shell.runAtRealm(server)).isEqualTo(Exit.FINDINGS);
        assertThat(shell.output()).contains("nothing was checked").doesNotContain("all well");
    }

    @Test
    void namesTheProvidersThatThereAre() {
        server.providers("google google true true", "github github true true");

        assertThat(shell.runAtRealm(server, "--provider", "gogle")).isEqualTo(Exit.USAGE);
        assertThat(shell.errors())
                .contains("none of this realm's: github, google")
                .contains("--help");
    }

    @Test
    void triesATokenAsTheClientThatIsNamed() throws IOException {
        server.providers("google google true true")
                .dryRun("google", "google", GOT_TOKENS, step("identity", "ok", "www.googleapis.com"));

        assertThat(shell.runAtRealm(server, tried(file(PROVIDER_TOKEN + "\n"), "id_token")))
                .isEqualTo(Exit.ALL_WELL);
        assertThat(shell.output())
                .contains("id_token of google (google) by the client spa: tokens\n")
                .contains("would give  access_token; the person would be a new user\n")
                .contains("0 checks, 1 dry-run: all well");
        assertThat(server.asked(DRY_RUN)).singleElement().satisfies(asked -> assertThat(asked.form())
                .isEqualTo(Map.of(
                        "client_id", "spa",
                        "subject_token", PROVIDER_TOKEN,
                        "subject_token_type", "urn:ietf:params:oauth:token-type:id_token")));
        assertThat(server.asked(CHECK)).isEmpty();
        assertThat(shell.all()).doesNotContain("of-a-person");
    }

    @Test
    void aTokenThatWouldBeRefusedIsAFinding() throws IOException {
        server.providers("google google true true")
                .dryRun("google", "google", REFUSED, step("audience", "refused", "www.googleapis.com"));

        assertThat(shell.runAtRealm(server, tried(file(PROVIDER_TOKEN), "access_token")))
                .isEqualTo(Exit.FINDINGS);
        assertThat(shell.output())
                .contains("access_token of google (google) by the client spa: refused\n")
                .contains("answer      400 invalid_request\n")
                .contains("reason      token_for_another_app\n")
                .contains("detail      other-client\n")
                .contains("says        Not ours\n");
    }

    @Test
    void whatWasNotTriedIsNotWell() throws IOException {
        server.providers("google google true true")
                .dryRun("google", "google", "{\"outcome\":\"not_tried\",\"error_description\":\"A code is used up\"}");

        assertThat(shell.runAtRealm(server, tried(file("4/code"), "authorization_code")))
                .isEqualTo(Exit.FINDINGS);
        assertThat(shell.output()).contains("not_tried").contains("A code is used up");
        assertThat(server.asked(DRY_RUN)).singleElement().satisfies(asked -> assertThat(asked.form())
                .doesNotContainKey("use_code"));
    }

    @Test
    void readsTheTokenFromStandardInputAndSecretParametersFromFiles() throws IOException {
        server.providers("google google true true").dryRun("google", "google", GOT_TOKENS);

        shell.input("4/code\n")
                .runAtRealm(
                        server,
                        tried(
                                "-",
                                "authorization_code",
                                "--use-code",
                                "--param",
                                "code_verifier=@" + file("the-verifier\n"),
                                "--param",
                                "redirect_uri=https://app.example/"));

        assertThat(server.asked(DRY_RUN)).singleElement().satisfies(asked -> assertThat(asked.form())
                .containsEntry("subject_token", "4/code")
                .containsEntry("code_verifier", "the-verifier")
                .containsEntry("redirect_uri", "https://app.example/")
                .containsEntry("use_code", "true"));
        assertThat(shell.all()).doesNotContain("4/code", "the-verifier");
    }

    @Test
    void aTokenThatIsNotThereIsTold() throws IOException {
        server.providers("google google true true");

        assertThat(shell.runAtRealm(server, tried(folder.resolve("none").toString(), "id_token")))
                .isEqualTo(Exit.USAGE);
        assertThat(shell.runAtRealm(server, tried(file(" \n"), "id_token"))).isEqualTo(Exit.USAGE);
        assertThat(shell.runAtRealm(server, tried(file("x".repeat(100_001)), "id_token")))
                .isEqualTo(Exit.USAGE);
        assertThat(shell.errors()).contains("Cannot read a file", "There is nothing in a file", "too long for a token");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aTokenInThePlaceOfAFileIsNotRepeated() {
        assertThat(shell.runAtRealm(server, tried(PROVIDER_TOKEN, "id_token"))).isEqualTo(Exit.USAGE);
        assertThat(shell.runAtRealm(server, tried("-", "jwt", "--param", "nonce=@" + PROVIDER_TOKEN)))
                .isEqualTo(Exit.USAGE);
        assertThat(shell.errors()).contains("A token itself is no argument");
        assertThat(shell.all()).doesNotContain("of-a-person");
    }

    @Test
    void certifiesInOneRowThatAloneIsWrittenOut() throws IOException {
        server.providers("of-ada@example.org google true true")
                .check("of-ada@example.org", "google", "ok", step("jwks", "ok", "www.googleapis.com"))
                .dryRun("of-ada@example.org", "google", GOT_TOKENS);

        assertThat(shell.runAtRealm(
                        server,
                        "--provider",
                        "of-ada@example.org",
                        "--client-id",
                        "spa",
                        "--certify",
                        "--try",
                        file(PROVIDER_TOKEN),
                        "--kind",
                        "id_token"))
                .isEqualTo(Exit.ALL_WELL);
        assertThat(shell.output())
                .isEqualTo("| `google` | id_token | 2026-11-29 | 1.2.3 | 26.7.5 | tokens; check ok |\n");
        assertThat(shell.errors()).contains("check of ", "1 check, 1 dry-run: all well");
    }

    @Test
    void doesNotCertifyASimulator() throws IOException {
        server.providers("google google true true")
                .check("google", "google", "ok", step("jwks", "ok", "localhost:8899"))
                .dryRun("google", "google", GOT_TOKENS);

        assertThat(shell.runAtRealm(server, tried(file(PROVIDER_TOKEN), "id_token", "--certify", "--json")))
                .isEqualTo(Exit.FINDINGS);
        assertThat(shell.errors()).contains("No row: localhost:8899 is no provider's own service");
        assertThat(json().path("checks")).hasSize(1);
        assertThat(json().has("row")).isFalse();
    }

    @Test
    void asJsonTheAnswersAreTheServers() throws IOException {
        server.providers("google google true true", "old oidc false true")
                .check("google", "google", "refused", WRONG_SECRET)
                .dryRun("google", "google", GOT_TOKENS);

        assertThat(shell.runAtRealm(server, tried(file(PROVIDER_TOKEN), "id_token", "--check", "--json")))
                .isEqualTo(Exit.FINDINGS);
        assertThat(json().path("checks").path(0).path("steps").path(0))
                .isEqualTo(Json.read(WRONG_SECRET).orElseThrow());
        assertThat(json().path("dry_runs").path(0).path("verdict"))
                .isEqualTo(Json.read(GOT_TOKENS).orElseThrow());
        assertThat(json().has("failure")).isFalse();
    }

    @Test
    void asJsonAFailureStandsBesideWhatThereIs() {
        server.providers("google google true true", "github github true true").check("google", "google", "ok");

        assertThat(shell.runAtRealm(server, "--json")).isEqualTo(Exit.NO_ANSWER);
        assertThat(json().path("checks")).hasSize(1);
        assertThat(json().path("failure").asText())
                .isNotEmpty()
                .isEqualTo(shell.errors().strip());
    }

    @Test
    void speaksTheLanguageThatIsAskedFor() {
        server.providers("google google true true").check("google", "google", "ok");

        shell.runAtRealm(server, "--language", "de");
        shell.runAtRealm(server);

        assertThat(server.asked(CHECK))
                .extracting(asked -> asked.headers().get("Accept-language"))
                .containsExactly("de", "en");
    }

    /** Part of it is written by whoever made the token. */
    @Test
    void noAnswerSteersATerminalOrALog() {
        server.providers("google google true true")
                .check(
                        "google",
                        "google",
                        "refused",
                        "{\"name\":\"issuer\",\"title\":\"Issuer\",\"verdict\":\"refused\",\"took_ms\":1,"
                                + "\"found\":\"x\\n::set-output name=a::b\\u001b[2J\\u202e\\u0007\\r\"}");

        shell.runAtRealm(server);

        assertThat(shell.output().lines())
                .noneMatch(line -> line.startsWith("::"))
                .anyMatch(line -> line.contains("found       x ::set-output name=a::b\uFFFD[2J\uFFFD\uFFFD"));
        assertThat(shell.output()).doesNotContain("\u001b", "\u202e", "\u0007", "\r");
    }

    @ParameterizedTest
    @CsvSource({
        "401, does not accept the access token, NO_ANSWER",
        "403, needs view-identity-providers, NO_ANSWER",
        "404, There is no doctor in the realm social, NO_ANSWER",
        "418, The server answers 418, NO_ANSWER",
        "500, answers 500, NO_ANSWER",
        "503, answers 503, NO_ANSWER"
    })
    void saysWhyTheServerDoesNotLetItLook(int status, String why, Exit exit) {
        server.says("GET" + API + "/providers", status, "{\"error\":\"said by the server\"}");

        assertThat(shell.runAtRealm(server)).isEqualTo(exit);
        assertThat(shell.errors()).contains(why);
        assertThat(shell.output()).isEmpty();
    }

    @Test
    void saysWhatTheServerDoesNotUnderstand() throws IOException {
        server.providers("google google true true")
                .says(DRY_RUN, 400, "{\"error\":\"client_id has to name a client of this realm\"}");

        assertThat(shell.runAtRealm(server, tried(file(PROVIDER_TOKEN), "id_token")))
                .isEqualTo(Exit.USAGE);
        assertThat(shell.errors()).contains("client_id has to name a client of this realm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "", "\"text\"", "[{\"alias\":[]}]", "[{\"enabled\":\"often\"}]"})
    void anAnswerOfAnotherProgramIsNone(String body) {
        server.says("GET" + API + "/providers", 200, body);

        assertThat(shell.runAtRealm(server)).isEqualTo(Exit.NO_ANSWER);
        assertThat(shell.errors()).isNotEmpty();
    }

    @Test
    void nobodyListensThere() {
        server.close();

        assertThat(shell.runAtRealm(server)).isEqualTo(Exit.NO_ANSWER);
        assertThat(shell.errors()).contains("No answer from " + server.url()).contains("nothing listens there");
    }

    @Test
    void aSecretGoesNowhereElse() {
        try (AdminServer other = AdminServer.start()) {
            server.says(TOKENS, 307, Map.of("Location", other.url() + "/realms/social/x"), "");

            assertThat(shell.runAtRealm(server)).isEqualTo(Exit.NO_ANSWER);
            assertThat(shell.errors()).contains(other.url()).contains("--server");
            assertThat(other.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void explainsItself(String option) {
        assertThat(shell.run("--server", option)).isEqualTo(Exit.ALL_WELL);
        assertThat(shell.output()).startsWith("Usage: java -jar social-exchange-doctor.jar");
        assertThat(shell.run()).isEqualTo(Exit.USAGE);
        assertThat(shell.errors()).contains("--realm is missing");
    }

    private JsonNode json() {
        return Json.read(shell.output()).orElseThrow();
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "token", ".txt"), text)
                .toString();
    }

    private static String[] tried(String source, String kind, String... further) {
        String[] tried = {"--provider", "google", "--client-id", "spa", "--try", source, "--kind", kind};
        String[] all = Arrays.copyOf(tried, tried.length + further.length);
        System.arraycopy(further, 0, all, tried.length, further.length);
        return all;
    }
}
