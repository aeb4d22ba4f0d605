package dev.socialexchange.keycloak.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command for streams, with Google and a transmitter played by servers on this machine. */
class StreamCommandTest {
    private static final String RECEIVER =
            "https://sso.example/realms/demo/social-exchange/signals/google/security-events";

    @TempDir
    private Path folder;

    private final GoogleServer google = new GoogleServer();
    private final TransmitterServer transmitter = new TransmitterServer();
    private final StreamShell shell = new StreamShell();

    @AfterEach
    void stop() {
        google.close();
        transmitter.close();
    }

    private Exit atGoogle(String task, String... further) {
        return run(List.of(task, "--google", google.keyFile(folder).toString(), "--google-api", google.url()), further);
    }

    private Exit atTransmitter(String task, String... further) {
        return run(List.of(task, "--transmitter", transmitter.url() + "/realms/a", "--client", "receiver"), further);
    }

    private Exit run(List<String> words, String... further) {
        List<String> all = new java.util.ArrayList<>(words);
        all.addAll(List.of(further));
        return shell.run(all.toArray(String[]::new));
    }

    @Test
    void createsGooglesStreamWithATokenThatTheServiceAccountSigns() {
        Exit exit = atGoogle("create", "--receiver", RECEIVER, "--audience", "web-client");

        assertThat(exit).as(shell.printed()).isEqualTo(Exit.ALL_WELL);
        assertThat(google.stream().path("delivery").path("url").asText()).isEqualTo(RECEIVER);
        assertThat(google.stream().path("delivery").path("delivery_method").asText())
                .isEqualTo("https://schemas.openid.net/secevent/risc/delivery-method/push");
        assertThat(Json.texts(google.stream().path("events_requested")))
                .contains("https://schemas.openid.net/secevent/oauth/event-type/tokens-revoked")
                .allMatch(event -> event.startsWith("https://schemas.openid.net/secevent/"));
        assertThat(google.status()).isEqualTo("enabled");
        assertThat(shell.printed()).contains("status: enabled").doesNotContain("differs");
    }

    /** Google drops what it does not know without a word. */
    @Test
    void saysWhichEventsGoogleHasDroppedAndWhereElseItSends() {
        google.doesNotKnow(Events.uri("risc/account-enabled"));
        assertThat(atGoogle("create", "--receiver", RECEIVER)).isEqualTo(Exit.DIFFERS);
        assertThat(shell.printed())
                .contains("differs: events_delivered: these will not be told: " + Events.uri("risc/account-enabled"));

        assertThat(atGoogle("read", "--receiver", "https://other.example/x")).isEqualTo(Exit.DIFFERS);
        assertThat(shell.printed()).contains("differs: delivery: signals go to " + RECEIVER + ", not to --receiver");
    }

    @Test
    void verifiesAndStopsGooglesStream() {
        atGoogle("create", "--receiver", RECEIVER);

        assertThat(atGoogle("verify", "--state", "abc")).isEqualTo(Exit.ALL_WELL);
        assertThat(google.asked("POST /v1beta/stream:verify")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("abc");
        assertThat(atGoogle("stop")).isEqualTo(Exit.ALL_WELL);
        assertThat(google.status()).isEqualTo("disabled");
        assertThat(atGoogle("read")).isEqualTo(Exit.DIFFERS);
        assertThat(shell.printed()).contains("nothing is told while it is not enabled");
    }

    @Test
    void refusalOfGooglesSaysWhatItMayMean() {
        google.refuses(403);

        assertThat(atGoogle("read")).isEqualTo(Exit.NO_ANSWER);

        assertThat(shell.printed())
                .contains("The caller does not have permission")
                .contains("roles/riscconfigs.admin")
                .contains("authorised domains")
                .contains("Firebase");
    }

    @Test
    void dryRunPrintsRequestsWithoutSecretsAndSendsNone() {
        assertThat(atGoogle("create", "--receiver", RECEIVER, "--dry-run")).isEqualTo(Exit.ALL_WELL);

        assertThat(google.asked()).isEmpty();
        assertThat(shell.printed())
                .contains("POST " + google.url() + "/v1beta/stream:update")
                .contains("\"url\" : \"" + RECEIVER + '"')
                .contains("Authorization: Bearer …")
                .doesNotContain("eyJ")
                .doesNotContain(google.secretOfKeyFile());

        assertThat(atTransmitter("create", "--receiver", RECEIVER, "--dry-run")).isEqualTo(Exit.ALL_WELL);
        assertThat(transmitter.requests())
                .allMatch(request -> request.startsWith("GET /") && request.contains(".well-known"));
        assertThat(shell.printed())
                .contains("Authorization: Basic …")
                .contains("POST " + transmitter.url() + "/streams")
                .contains("Nothing was sent.")
                .doesNotContain(StreamShell.SECRET);
    }

    @Test
    void nothingSecretIsPrinted() {
        atGoogle("create", "--receiver", RECEIVER);
        atTransmitter("create", "--receiver", RECEIVER);
        google.refuses(500);
        atGoogle("verify");

        assertThat(shell.printed())
                .doesNotContain("eyJ")
                .doesNotContain(google.secretOfKeyFile())
                .doesNotContain(StreamShell.SECRET)
                .doesNotContain(TransmitterServer.ACCESS_TOKEN);
    }

    @Test
    void streamOfATransmitterIsCreatedShownChangedVerifiedStoppedAndDeleted() {
        assertThat(atTransmitter("create", "--receiver", RECEIVER, "--audience", "receiver", "--scope", "ssf.manage"))
                .as(shell.printed())
                .isEqualTo(Exit.ALL_WELL);
        assertThat(transmitter.asked("POST /token").body()).contains("scope=ssf.manage");
        assertThat(transmitter.stream().path("delivery").path("method").asText())
                .isEqualTo("urn:ietf:rfc:8935");
        assertThat(transmitter.stream().path("delivery").path("endpoint_url").asText())
                .isEqualTo(RECEIVER);
        assertThat(atTransmitter("create", "--receiver", RECEIVER)).isEqualTo(Exit.NO_ANSWER);
        assertThat(shell.printed()).contains("409: exists. There is one already");

        assertThat(atTransmitter("read")).isEqualTo(Exit.ALL_WELL);
        assertThat(atTransmitter("update", "--poll", "--events", "risc/account-purged"))
                .as(shell.printed())
                .isEqualTo(Exit.ALL_WELL);
        assertThat(transmitter.stream().path("delivery").toString()).isEqualTo("{\"method\":\"urn:ietf:rfc:8936\"}");

        assertThat(atTransmitter("verify", "--stream", "stream-1", "--state", "abc"))
                .isEqualTo(Exit.ALL_WELL);
        assertThat(transmitter.asked("POST /verify").body())
                .isEqualTo("{\"stream_id\":\"stream-1\",\"state\":\"abc\"}");
        assertThat(atTransmitter("verify")).isEqualTo(Exit.NO_ANSWER);
        assertThat(shell.printed()).contains("min_verification_interval");

        assertThat(atTransmitter("stop")).isEqualTo(Exit.ALL_WELL);
        assertThat(transmitter.status()).isEqualTo("disabled");
        assertThat(atTransmitter("start")).isEqualTo(Exit.ALL_WELL);
        assertThat(transmitter.status()).isEqualTo("enabled");
        assertThat(atTransmitter("delete")).isEqualTo(Exit.ALL_WELL);
        assertThat(transmitter.stream()).isNull();
        assertThat(atTransmitter("read")).isEqualTo(Exit.NO_ANSWER);
        assertThat(shell.printed()).contains("This client has no stream");
    }

    @Test
    void saysWhatOfAStreamTheRealmWouldNotBelieve() {
        transmitter.signsAs("https://another.example").supports(List.of(Events.uri("caep/session-revoked")));

        assertThat(atTransmitter("create", "--receiver", RECEIVER, "--audience", "web,ios"))
                .isEqualTo(Exit.DIFFERS);

        assertThat(shell.printed())
                .contains("differs: iss: signals will say https://another.example")
                .contains("differs: aud: signals will be for receiver, none of --audience")
                .contains("differs: events_delivered")
                .contains(Events.uri("risc/account-disabled"));
    }

    @Test
    void asksWithATokenThatIsGivenInTheEnvironment() {
        shell.environment(StreamCommand.TOKEN, TransmitterServer.ACCESS_TOKEN);

        assertThat(shell.run("create", "--transmitter", transmitter.url() + "/realms/a", "--poll"))
                .isEqualTo(Exit.ALL_WELL);

        assertThat(transmitter.requests()).noneMatch(request -> request.contains("token"));
        shell.environment(StreamCommand.TOKEN, "another");
        assertThat(shell.run("read", "--transmitter", transmitter.url() + "/realms/a"))
                .isEqualTo(Exit.NO_ANSWER);
        assertThat(shell.printed()).contains("ssf.read ssf.manage");
    }

    @Test
    void documentOfAnotherIssuerIsNotBelieved() {
        assertThat(shell.run("read", "--transmitter", transmitter.url() + "/realms/a/", "--client", "receiver"))
                .isEqualTo(Exit.NO_ANSWER);

        assertThat(shell.printed()).contains("character by character");
        assertThat(transmitter.requests()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void wrongSecretOfTheClientIsSaidAsTheTokenEndpointSaysIt() {
        shell.environment(StreamCommand.CLIENT_SECRET, "wrong");

        assertThat(atTransmitter("read")).isEqualTo(Exit.NO_ANSWER);

        assertThat(shell.printed()).contains("Invalid client").doesNotContain("wrong\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "destroy --google x",
                "create --google x --transmitter https://a.example --receiver https://b.example",
                "create --transmitter https://a.example",
                "create --transmitter http://a.example --receiver https://b.example",
                "create --transmitter https://a.example --receiver http://b.example",
                "create --transmitter https://user:pass@a.example --poll",
                "create --transmitter https://a.example --poll --receiver https://b.example",
                "create --google x --poll",
                "delete --google x",
                "update --transmitter https://a.example --token-endpoint https://a.example/t",
                "read --transmitter https://a.example --state x",
                "read --transmitter https://a.example --transmitter https://a.example",
                "read --google",
                "create --google x --receiver https://b.example --events RISC",
                "read --transmitter https://a.example s3cret"
            })
    void whatMakesNoSenseIsRefusedBeforeAnythingIsSent(String line) {
        assertThat(shell.run(line.split(" "))).isEqualTo(Exit.USAGE);

        assertThat(shell.printed()).contains("--help says more").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing like that",
                "{\"type\":\"authorized_user\"}",
                "{\"type\":\"service_account\",\"client_email\":\"a\",\"private_key_id\":\"1\"}",
                "{\"type\":\"service_account\",\"client_email\":\"a\",\"private_key_id\":\"1\",\"private_key\":\"s3cret!\"}"
            })
    void fileThatIsNoServiceAccountsIsRefusedWithoutRepeatingIt(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("other.json"), content);

        assertThat(shell.run("read", "--google", file.toString())).isEqualTo(Exit.USAGE);

        assertThat(shell.printed()).doesNotContain("s3cret");
    }

    @Test
    void helpNamesWhatThereIs() {
        assertThat(shell.run("--help")).isEqualTo(Exit.ALL_WELL);

        for (Arguments.Task task : Arguments.Task.values()) {
            assertThat(shell.printed()).contains(task.name().toLowerCase(java.util.Locale.ROOT));
        }
    }
}
