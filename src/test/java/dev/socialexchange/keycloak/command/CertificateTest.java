package dev.socialexchange.keycloak.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socialexchange.keycloak.command.Certificate.TriedKind;
import dev.socialexchange.keycloak.command.Step.Call;
import dev.socialexchange.keycloak.type.LiveProofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTest {
    private static final String LIVE = "oauth2.googleapis.com";
    private static final Tried TOKENS = tried("tokens", null, step("signing_key", "ok", LIVE));

    private final Certificate certificate =
            new Certificate(new About("0.1.0-SNAPSHOT", "26.7.5"), LocalDate.of(2026, 11, 29));

    @Test
    void saysWhatWasProvenWhenAndWithWhatAndNothingElse() {
        assertThat(row(
                        checked("google", "unknown", LIVE),
                        new TriedKind(TokenKind.ID_TOKEN, TOKENS),
                        new TriedKind(TokenKind.AUTHORIZATION_CODE, TOKENS)))
                .isEqualTo("| `google` | id_token, authorization_code | 2026-11-29 | 0.1.0-SNAPSHOT | 26.7.5 |"
                        + " tokens; check unknown |");
    }

    @Test
    void itsRowIsOneThatTheListOfProvidersTakes() throws IOException {
        String row = row(
                checked("google", "warning", LIVE),
                new TriedKind(TokenKind.ID_TOKEN, TOKENS),
                new TriedKind(TokenKind.JWT, tried("refused", "verify_email", step("identity", "ok", LIVE))));

        assertThat(LiveProofs.in(Files.readString(Path.of("docs/providers/live.md")) + row, Set.of("google"))
                        .rows())
                .contains(new LiveProofs.Row("google", "id_token, jwt", LocalDate.of(2026, 11, 29)));
    }

    /** The provider has done its part; what follows is the realm's. */
    @Test
    void aRefusalBehindTheProofIsNotTheProviders() {
        Tried behind = tried("refused", "account_exists", step("identity", "ok", LIVE));

        assertThat(row(checked("google", "ok", LIVE), new TriedKind(TokenKind.ID_TOKEN, behind)))
                .endsWith("| proven, then `account_exists`; check ok |");
    }

    @Test
    void nothingIsVouchedForThatWasNotProven() {
        Tried refused = tried("refused", "token_invalid", step("identity", "refused", LIVE));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> row(
                        checked("google", "ok", LIVE),
                        new TriedKind(TokenKind.ID_TOKEN, TOKENS),
                        new TriedKind(TokenKind.ACCESS_TOKEN, refused)))
                .withMessageContaining("access_token did not get as far as the person's account")
                .satisfies(failure -> assertThat(failure.exit()).isEqualTo(Exit.FINDINGS));
    }

    @Test
    void aProviderThatNobodyHasAskedMayBeAnybody() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> row(
                        new Checked("a", "google", "ok", List.of()),
                        new TriedKind(TokenKind.ID_TOKEN, tried("tokens", null))))
                .withMessageContaining("no host of the provider has answered anything");
    }

    /** As by a server that has the keys of a simulator still, and cannot reach the provider. */
    @Test
    void aHostThatDidNotAnswerTellsNothing() {
        Step unreached = new Step(
                "discovery", "Title", "unknown", null, null, null, null, 1, List.of(new Call(LIVE, "connection", 1)));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> row(
                        new Checked("a", "google", "unknown", List.of(unreached)),
                        new TriedKind(TokenKind.ID_TOKEN, tried("tokens", null))))
                .withMessageContaining("no host of the provider has answered anything");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8899",
                "simulator",
                "127.0.0.1:80",
                "[::1]:80",
                "::1",
                "10.1.2.3",
                "google.example",
                "google.EXAMPLE.com.",
                "a.test",
                "google.svc.cluster.local"
            })
    void aSimulatorIsNoProvider(String host) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> row(checked("google", "ok", LIVE, host), new TriedKind(TokenKind.ID_TOKEN, TOKENS)))
                .withMessageContaining(host)
                .withMessageContaining("exchangeEndpoints");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google.com", "www.googleapis.com:443", "id.twitch.tv", "api.notexample.com"})
    void aPublicNameIsNoSimulators(String host) {
        assertThat(PrivateHosts.isOne(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oidc", "keycloak-oidc", "oauth2", "social-custom"})
    void whoIsBehindATypeForAnybodyIsNobodyElsesBusiness(String type) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> row(checked(type, "ok", LIVE), new TriedKind(TokenKind.ID_TOKEN, TOKENS)))
                .withMessageContaining("is for providers of anybody's choice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a | b", "x\n| `apple` | id_token", "ada@example.org", "", "<b>"})
    void nothingButWordsGetsIntoTheFile(String odd) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> row(checked(odd, "ok", LIVE), new TriedKind(TokenKind.ID_TOKEN, TOKENS)));
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> row(checked("google", odd, LIVE), new TriedKind(TokenKind.ID_TOKEN, TOKENS)));
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> row(
                        checked("google", "ok", LIVE),
                        new TriedKind(TokenKind.ID_TOKEN, tried("refused", odd, step("identity", "ok", LIVE)))));
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> new Certificate(new About(odd, "26.7.5"), LocalDate.EPOCH)
                        .row(checked("google", "ok", LIVE), List.of(new TriedKind(TokenKind.ID_TOKEN, TOKENS))));
    }

    private String row(Checked check, TriedKind... tries) {
        return certificate.row(check, List.of(tries));
    }

    private static Checked checked(String type, String verdict, String... hosts) {
        return new Checked("an alias of ada@example.org", type, verdict, List.of(step("jwks", "ok", hosts)));
    }

    private static Tried tried(String outcome, String reason, Step... steps) {
        return new Tried(
                "an alias of ada@example.org",
                "google",
                new Tried.Verdict(outcome, 400, "invalid_request", reason, null, "ada@example.org", null, null),
                List.of(steps));
    }

    private static Step step(String name, String verdict, String... hosts) {
        return new Step(
                name,
                "Title",
                verdict,
                null,
                "ada@example.org",
                null,
                null,
                1,
                List.of(hosts).stream().map(host -> new Call(host, "2xx", 1)).toList());
    }
}
