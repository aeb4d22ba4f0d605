package dev.socialexchange.keycloak.command;

import static dev.socialexchange.keycloak.command.AdminServer.API;
import static dev.socialexchange.keycloak.command.AdminServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokenTest {
    private static final String PROVIDERS = "GET" + API + "/providers";

    private final AdminServer server =
            AdminServer.start().providers("google google true true").check("google", "google", "ok");
    private final Shell shell = new Shell();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aClientSignsInWithItsSecretOfTheEnvironment() {
        assertThat(shell.runAtRealm(server)).isEqualTo(Exit.ALL_WELL);

        assertThat(server.asked(TOKENS)).singleElement().satisfies(asked -> assertThat(asked.form())
                .isEqualTo(Map.of(
                        "grant_type", "client_credentials", "client_id", "doctor", "client_secret", Shell.SECRET)));
        assertThat(authorization()).isEqualTo("Bearer of-the-administrator");
        assertThat(shell.all()).doesNotContain(Shell.SECRET, "of-the-administrator");
    }

    @Test
    void aUserSignsInWithThePasswordOfTheEnvironment() {
        server.says("POST /realms/master/protocol/openid-connect/token", 200, "{\"access_token\":\"of-admin\"}");

        assertThat(shell.environment(Secrets.PASSWORD, "pässword").run(user("--login-realm", "master")))
                .isEqualTo(Exit.ALL_WELL);
        assertThat(server.asked("POST /realms/master/protocol/openid-connect/token"))
                .first()
                .satisfies(asked -> assertThat(asked.form())
                        .isEqualTo(Map.of(
                                "grant_type", "password",
                                "client_id", "admin-cli",
                                "username", "admin",
                                "password", "pässword")));
        assertThat(authorization()).isEqualTo("Bearer of-admin");
        assertThat(shell.all()).doesNotContain("pässword");
    }

    @Test
    void asksForAPasswordThatIsNotInTheEnvironment() {
        assertThat(shell.typed("typed in").run(user())).isEqualTo(Exit.ALL_WELL);

        assertThat(server.asked(TOKENS).get(0).form()).containsEntry("password", "typed in");
        assertThat(shell.all()).doesNotContain("typed in");
    }

    @Test
    void aTokenOfTheEnvironmentIsTakenAsItIs() {
        assertThat(shell.environment(Secrets.TOKEN, "ready").run(realm())).isEqualTo(Exit.ALL_WELL);

        assertThat(server.asked(TOKENS)).isEmpty();
        assertThat(authorization()).isEqualTo("Bearer ready");
    }

    @Test
    void whoIsNamedSignsInEvenIfThereIsATokenInTheEnvironment() {
        assertThat(shell.environment(Secrets.TOKEN, "ready").runAtRealm(server)).isEqualTo(Exit.ALL_WELL);

        assertThat(authorization()).isEqualTo("Bearer of-the-administrator");
    }

    @Test
    void saysWhichSecretIsMissing() {
        assertThat(shell.run(realm())).isEqualTo(Exit.USAGE);
        assertThat(shell.run(user())).isEqualTo(Exit.USAGE);
        assertThat(shell.environment(Secrets.CLIENT_SECRET, " ").runAtRealm(server))
                .isEqualTo(Exit.USAGE);
        assertThat(shell.errors())
                .contains(
                        "Who looks?", "There is no terminal to ask for the password", "SOCIAL_EXCHANGE_DOCTOR_SECRET");
        assertThat(server.asked()).isEmpty();
    }

    /** Keycloak's tokens for admin-cli last for a minute, and a check of forty providers may take longer. */
    @Test
    void getsANewTokenShortlyBeforeTheEndOfTheOld() {
        assertThat(shell.clock(new Steps(49)).runAtRealm(server)).isEqualTo(Exit.ALL_WELL);
        assertThat(server.asked(TOKENS)).hasSize(1);

        assertThat(new Shell().clock(new Steps(51)).runAtRealm(server)).isEqualTo(Exit.ALL_WELL);
        assertThat(server.asked(TOKENS)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "401, unauthorized_client, Service accounts roles",
        "400, invalid_grant, --login-realm",
        "404, Realm does not exist, Does the realm exist?",
    })
    void saysWhyAClientCannotSignIn(int status, String error, String why) {
        server.says(TOKENS, status, "{\"error\":\"%s\",\"error_description\":\"said so\"}".formatted(error));

        assertThat(shell.runAtRealm(server)).isEqualTo(Exit.NO_ANSWER);
        assertThat(shell.errors()).contains(status + " " + error + " said so", why);
        assertThat(shell.all()).doesNotContain(Shell.SECRET);
    }

    @Test
    void saysWhyAUserCannotSignIn() {
        server.says(TOKENS, 401, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid user credentials\"}");

        assertThat(shell.typed("wrong").run(user())).isEqualTo(Exit.NO_ANSWER);
        assertThat(shell.errors()).contains("Invalid user credentials", "--login-realm master", "second factor");
    }

    @Test
    void aTokenEndpointThatGivesNoTokenIsAnotherProgram() {
        server.says(TOKENS, 200, "{\"token\":\"x\"}");

        assertThat(shell.runAtRealm(server)).isEqualTo(Exit.NO_ANSWER);
    }

    private String authorization() {
        return server.asked(PROVIDERS).get(0).headers().get("Authorization");
    }

    private String[] realm(String... further) {
        return Stream.concat(Stream.of("--server", server.url(), "--realm", "social"), Stream.of(further))
                .toArray(String[]::new);
    }

    private String[] user(String... further) {
        return Stream.concat(Stream.of(realm("--user", "admin")), Stream.of(further))
                .toArray(String[]::new);
    }

    /** Each look at it finds it later by so many seconds. */
    private static final class Steps extends Clock {
        private final long seconds;
        private Instant now = Instant.parse("2026-11-29T00:00:00Z");

        Steps(long seconds) {
            this.seconds = seconds;
        }

        @Override
        public Instant instant() {
            now = now.plusSeconds(seconds);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
