package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ProgramJar;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Workspace;
import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as administrators start it: with Java and the one file, against a server with the packaged extension. */
class DoctorJarIT {
    private static final Path JAR = Workspace.target().resolve("social-exchange-doctor.jar");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final OwnRealm realm = OwnRealm.create();
    private final App app = App.of(realm);
    private final String alias = app.provider("acme");
    private final String doctor =
            RealmAdmin.client(realm, "view-identity-providers", "manage-identity-providers", "view-users");

    @TempDir
    Path folder;

    @Test
    void triesATokenAndNothingComesOfIt() throws IOException, InterruptedException {
        Person person = Suite.newPerson();
        OwnRealm.Traces before = realm.traces();
        String token = token(person);

        Ended ended = run(doctor, tried(token));

        assertThat(ended.status()).as(ended.all()).isZero();
        assertThat(ended.output())
                .contains("id_token of %s (oidc) by the client %s: tokens".formatted(alias, app.clientId()))
                .contains("would give  access_token, id_token; the person would be a new user")
                .contains("0 checks, 1 dry-run: all well");
        assertThat(ended.all()).doesNotContain(token, RealmAdmin.SECRET);
        assertThat(realm.traces()).isEqualTo(before);
        assertThat(realm.linked(alias, person)).isEmpty();
    }

    @Test
    void saysWhyATokenIsRefused() throws IOException, InterruptedException {
        Ended ended = run(doctor, tried(acme().idToken("another-app", Suite.newPerson()), "--language", "de"));

        assertThat(ended.status()).as(ended.all()).isEqualTo(1);
        assertThat(ended.output())
                .contains("answer      400 invalid_request", "reason      token_for_another_app")
                .contains("(exchangeAudience)")
                .contains("App, für die das Token ist");
    }

    @Test
    void checksWhatIsOpenForAClientOfTheRealm() throws IOException, InterruptedException {
        String wrong =
                app.provider("google", copy -> copy.withObject("/config").put("clientSecret", "a-secret-of-yesterday"));
        String closed =
                app.provider("github", copy -> copy.withObject("/config").put("exchangeClients", ""));
        realm.admin().get("/identity-provider/instances").forEach(one -> {
            if (!List.of(alias, wrong, closed).contains(one.path("alias").asText())) {
                realm.admin().deleteIdentityProvider(one.path("alias").asText());
            }
        });

        Ended ended = run(doctor);

        assertThat(ended.status()).as(ended.all()).isEqualTo(1);
        assertThat(ended.output())
                .contains("check of %s (oidc): ".formatted(alias), "check of %s (google): refused".formatted(wrong))
                .contains("(clientSecret)")
                .contains("not checked: %s (closed)".formatted(closed))
                .contains("2 checks, 0 dry-runs: ");
        assertThat(ended.all()).doesNotContain("a-secret-of-yesterday", "acme-secret", RealmAdmin.SECRET);
    }

    @Test
    void checksAProvider() throws IOException, InterruptedException {
        Ended ended = run(doctor, "--provider", alias, "--json");

        assertThat(Json.lenient(ended.output())
                        .path("checks")
                        .path(0)
                        .path("alias")
                        .asText())
                .as(ended.all())
                .isEqualTo(alias);
    }

    @Test
    void doesNotVouchForASimulator() throws IOException, InterruptedException {
        Ended ended = run(doctor, tried(token(Suite.newPerson()), "--certify"));

        assertThat(ended.status()).as(ended.all()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).contains("No row: the type oidc is for providers of anybody's choice");
    }

    @Test
    void anAccountThatMayNotLookIsToldWhatItNeeds() throws IOException, InterruptedException {
        Ended ended = run(RealmAdmin.client(realm), "--provider", alias);

        assertThat(ended.status()).as(ended.all()).isEqualTo(3);
        assertThat(ended.errors()).contains("view-identity-providers");
    }

    @Test
    void aWrongSecretIsToldAndNotRepeated() throws IOException, InterruptedException {
        Ended ended = start("hushhush", doctor, "--provider", alias);

        assertThat(ended.status()).as(ended.all()).isEqualTo(3);
        assertThat(ended.errors()).contains("The client cannot sign in", "SOCIAL_EXCHANGE_DOCTOR_SECRET");
        assertThat(ended.all()).doesNotContain("hushhush");
    }

    @Test
    void knowsNothingOfTheExtensionAndItsTests() {
        assertThat(ProgramJar.missing(JAR)).doesNotContain("dev.socialexchange");
    }

    @Test
    void isSmallEnoughToBeFetchedByACiJob() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(3_000_000);
    }

    private String[] tried(String token, String... further) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "token", ".txt"), token);
        List<String> arguments = new ArrayList<>(List.of(
                "--provider",
                alias,
                "--client-id",
                app.clientId(),
                "--try",
                file.toString(),
                "--kind",
                "id_token",
                "--param",
                "scope=openid"));
        arguments.addAll(List.of(further));
        return arguments.toArray(String[]::new);
    }

    private static OpenIdProvider acme() {
        return Suite.providers().acme();
    }

    private static String token(Person person) {
        return acme().idToken(acme().clientId(), person);
    }

    private Ended run(String client, String... further) throws IOException, InterruptedException {
        return start(RealmAdmin.SECRET, client, further);
    }

    private Ended start(String secret, String client, String... further) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                JAVA.toString(),
                "-jar",
                JAR.toString(),
                "--server",
                realm.server().url().toString(),
                "--realm",
                realm.name(),
                "--client",
                client));
        command.addAll(List.of(further));
        Path output = Files.createTempFile(folder, "output", ".txt");
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        ProcessBuilder program =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        program.environment().put("SOCIAL_EXCHANGE_DOCTOR_SECRET", secret);
        // as in a container, which has none
        program.environment().put("LC_ALL", "C");
        int status = program.start().waitFor();
        return new Ended(
                status,
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
    }

    private record Ended(int status, String output, String errors) {
        String all() {
            return output + errors;
        }
    }
}
