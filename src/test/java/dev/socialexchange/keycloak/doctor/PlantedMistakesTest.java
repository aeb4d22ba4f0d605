package dev.socialexchange.keycloak.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.doctor.Step.Verdict;
import dev.socialexchange.keycloak.login.BrowserSteps;
import dev.socialexchange.keycloak.loopback.DescribedProviders;
import dev.socialexchange.keycloak.net.LoopbackCalls;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.IdentityProviderModel;

/** Mistakes that people make, planted one by one: each is found, with what to do about it and where. */
class PlantedMistakesTest {
    private final CheckedRealm realm = new CheckedRealm();

    @AfterEach
    void stop() {
        realm.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "google",
                "github",
                "facebook",
                "microsoft",
                "discord",
                "twitch",
                "slack",
                "line",
                "wechat",
                "strava",
                "spotify",
                "epicgames",
                "figma",
                "naver",
                "linkedin-openid-connect"
            })
    void wrongSecret(String id) {
        List<Finding> findings = realm.check(realm.with(id, Map.of("clientSecret", "a-secret-of-yesterday")));

        assertFound(findings, "credentials", Verdict.REFUSED, "wrong", "clientSecret");
        assertThat(Finding.worst(findings)).isEqualTo(Verdict.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"twitch", "slack", "wechat", "strava"})
    void wrongClientIdWhereTheProviderTellsItFromAWrongSecret(String id) {
        List<Finding> findings = realm.check(realm.with(id, Map.of("clientId", "not-ours")));

        assertFound(findings, "credentials", Verdict.REFUSED, "client_id", "clientId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "discord"})
    void wrongClientIdElsewhereIsOneOfTwo(String id) {
        List<Finding> findings = realm.check(realm.with(id, Map.of("clientId", "not-ours")));

        assertFound(findings, "credentials", Verdict.REFUSED, "wrong", "clientSecret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "slack"})
    void unregisteredRedirectUriWhereTheProviderTells(String id) {
        (id.equals("google") ? realm.providers.google() : realm.providers.described(id))
                .registerRedirectUri("https://another.example/callback");

        List<Finding> findings = realm.check(realm.rightly(id));

        Finding found = assertFound(findings, "redirect_uri", Verdict.REFUSED, "unregistered", null);
        assertThat(found.expected()).isEqualTo(CheckedRealm.REDIRECT_URI);
        assertThat(find(findings, "credentials").verdict())
                .as("the app itself is known")
                .isEqualTo(Verdict.OK);
    }

    @Test
    void redirectUriIsShownWhereNobodyTells() {
        Finding shown = find(realm.check(realm.rightly("discord")), "redirect_uri");

        assertThat(shown.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(shown.expected()).isEqualTo(CheckedRealm.REDIRECT_URI);
    }

    @Test
    void missingAudienceIsANoteWhereThereAreIdTokens() {
        List<Finding> findings = realm.check(realm.rightly("google"));

        assertFound(findings, "further_client_ids", Verdict.SKIPPED, "empty", "exchangeAudience");
        assertThat(find(realm.check(realm.with("google", Map.of("exchangeAudience", "android"))), "further_client_ids")
                        .verdict())
                .isEqualTo(Verdict.OK);
        assertThat(find(realm.check(realm.rightly("github")), "further_client_ids")
                        .matter())
                .as("where there are no id tokens")
                .isNull();
    }

    @Test
    void rotatedIssuer() {
        realm.providers.google().publish("issuer", "https://accounts.google.example");

        Finding drift = assertFound(realm.check(realm.rightly("google")), "discovery", Verdict.WARNING, "issuer", null);

        assertThat(drift.expected()).contains("https://accounts.google.com");
        assertThat(drift.found()).isEqualTo("https://accounts.google.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"})
    void movedEndpoint(String member) {
        realm.providers.google().publish(member, "https://moved.example/here");

        Finding drift = assertFound(realm.check(realm.rightly("google")), "discovery", Verdict.WARNING, member, null);

        assertThat(drift.found()).isEqualTo("https://moved.example/here");
    }

    @Test
    void newAlgorithmInTheDiscoveryDocument() {
        realm.providers.google().publish(Published.ALGORITHMS, List.of("RS256", "ES256"));

        assertFound(realm.check(realm.rightly("google")), "discovery", Verdict.WARNING, Published.ALGORITHMS, null);
    }

    @Test
    void knownDifferencesAreNone() {
        realm.providers.described("apple").publish("issuer", "https://account.apple.example");

        assertThat(find(realm.check(realm.rightly("apple")), "discovery").verdict())
                .isEqualTo(Verdict.OK);
    }

    @Test
    void keysWithAnotherAlgorithm() {
        IdentityProviderModel model = realm.with(
                "line",
                Map.of(
                        "exchangeEndpoints",
                        withEntry(
                                "line",
                                "https://api.line.me/oauth2/v2.1/certs",
                                realm.providers.url() + "/www.googleapis.com/oauth2/v3/certs")));

        Finding keys = assertFound(realm.check(model), "keys", Verdict.REFUSED, "none_fits", null);

        assertThat(keys.expected()).contains("ES256");
        assertThat(keys.found()).isEqualTo("RS256");
    }

    private String withEntry(String id, String from, String to) {
        String entries =
                DescribedProviders.settings(realm.providers, id, Map.of()).get("exchangeEndpoints");
        String kept = entries.substring(1, entries.length() - 1);
        return "["
                + kept.replaceAll(
                        "\\{[^}]*" + Pattern.quote(from) + "\"[^}]*}",
                        "{\"key\":\"" + from + "\",\"value\":\"" + to + "\"}")
                + "]";
    }

    @Test
    void addressOfTheKeysThatHasNone() {
        IdentityProviderModel model = realm.with(
                "line",
                Map.of(
                        "exchangeEndpoints",
                        withEntry(
                                "line",
                                "https://api.line.me/oauth2/v2.1/certs",
                                realm.providers.url() + "/api.line.me/nothing")));

        assertFound(realm.check(model), "keys", Verdict.REFUSED, "no_key_set", null);
    }

    @Test
    void blockedEgress() throws IOException {
        String blocked = "http://localhost:" + freePort();
        IdentityProviderModel model = realm.with(
                "discord",
                Map.of("exchangeEndpoints", "[{\"key\":\"https://discord.com\",\"value\":\"" + blocked + "\"}]"));

        List<Finding> findings = realm.check(model);

        assertFound(findings, "reach", Verdict.REFUSED, "refused", null);
        assertThat(find(findings, "credentials").verdict()).as("not known").isEqualTo(Verdict.UNKNOWN);
        assertThat(find(findings, "keys").verdict()).as("not known").isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void nameThatLeadsNowhere() {
        String tooLong = "x".repeat(64) + ".invalid"; // so that no name server is asked
        IdentityProviderModel model =
                realm.with("mastodon", Map.of("baseUrl", "https://" + tooLong, "exchangeEndpoints", "[]"));

        assertFound(
                realm.check(
                        model,
                        new LoopbackCalls(
                                "http://localhost:" + realm.providers.port(),
                                realm.providers.caCertificatePem(),
                                tooLong)),
                "reach",
                Verdict.REFUSED,
                "name_unknown",
                null);
    }

    @Test
    void untrustedCertificate() {
        try (Simulator another = Simulator.start(0)) {
            LoopbackCalls trustingAnother = new LoopbackCalls(realm.providers.proxyUrl(), another.caCertificatePem());

            assertFound(
                    realm.check(realm.rightly("github"), trustingAnother),
                    "reach",
                    Verdict.REFUSED,
                    "certificate",
                    null);
        }
    }

    @Test
    void proxyDown() throws IOException {
        LoopbackCalls behindNothing =
                new LoopbackCalls("http://localhost:" + freePort(), realm.providers.caCertificatePem());

        assertFound(realm.check(realm.rightly("github"), behindNothing), "reach", Verdict.REFUSED, "proxy_down", null);
    }

    @Test
    void clientThatDoesNotExist() {
        Finding one = assertFound(
                realm.check(realm.with("google", Map.of("exchangeClients", "spa##spaa"))),
                "clients",
                Verdict.WARNING,
                "missing",
                "exchangeClients");
        Finding all = assertFound(
                realm.check(realm.with("google", Map.of("exchangeClients", "spaa"))),
                "clients",
                Verdict.REFUSED,
                "missing",
                "exchangeClients");

        assertThat(one.found()).isEqualTo("spaa");
        assertThat(all.found()).isEqualTo("spaa");
    }

    @Test
    void clientThatIsSwitchedOff() {
        Finding found = assertFound(
                realm.check(realm.with("google", Map.of("exchangeClients", "spa##retired"))),
                "clients",
                Verdict.WARNING,
                "disabled",
                "exchangeClients");

        assertThat(found.found()).isEqualTo("retired");
    }

    @Test
    void flowWithAMailStep() {
        realm.flow(new BrowserSteps(
                new TreeSet<>(Set.of("idp-email-verification")), new TreeSet<>(), new TreeSet<>(), Optional.empty()));

        Finding found = assertFound(
                realm.check(realm.rightly("google")),
                "first_login_flow",
                Verdict.WARNING,
                "browser",
                "firstBrokerLoginFlowAlias");

        assertThat(found.found()).isEqualTo("idp-email-verification");
    }

    @Test
    void flowWithAStepOfAnotherExtensionAndFlowThatIsGone() {
        realm.flow(new BrowserSteps(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(Set.of("sms")), Optional.empty()));
        assertFound(
                realm.check(realm.rightly("google")),
                "first_login_flow",
                Verdict.WARNING,
                "foreign",
                "firstBrokerLoginFlowAlias");

        realm.flow(new BrowserSteps(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), Optional.of("flow_missing")));
        assertFound(
                realm.check(realm.rightly("google")),
                "first_login_flow",
                Verdict.REFUSED,
                "missing",
                "firstBrokerLoginFlowAlias");
    }

    @Test
    void p8OfAnotherKeyId() {
        assertFound(
                realm.check(realm.with("apple", Map.of("keyId", "ANOTHERKEY"))),
                "credentials",
                Verdict.REFUSED,
                "signed",
                "clientSecret");
    }

    @Test
    void p8OfAnotherTeam() {
        assertFound(
                realm.check(realm.with("apple", Map.of("teamId", "ANOTHERTEAM"))),
                "credentials",
                Verdict.REFUSED,
                "signed",
                "clientSecret");
    }

    @Test
    void p8ThatIsNone() {
        List<Finding> findings = realm.check(realm.with("apple", Map.of("clientSecret", "AuthKey_KEY9876543.p8")));

        assertFound(findings, "secret_key", Verdict.REFUSED, "unusable", "clientSecret");
        assertThat(find(findings, "credentials").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void realmThatTakesAppleIdTokensOnlyHasNothingWrong() {
        List<Finding> findings =
                realm.check(realm.with("apple", Map.of("clientSecret", "none", "teamId", "", "keyId", "")));

        assertThat(Finding.worst(findings)).isEqualTo(Verdict.OK);
    }

    @Test
    void closedProvider() {
        assertFound(
                realm.check(realm.with("google", Map.of("exchangeClients", ""))),
                "open",
                Verdict.REFUSED,
                "closed",
                "exchangeClients");
    }

    @Test
    void disabledProvider() {
        assertFound(
                realm.check(realm.with("google", Map.of(), model -> model.setEnabled(false))),
                "enabled",
                Verdict.REFUSED,
                "disabled",
                "enabled");
    }

    @Test
    void linkOnlyProvider() {
        assertFound(
                realm.check(realm.with("google", Map.of(), model -> model.setLinkOnly(true))),
                "link_only",
                Verdict.WARNING,
                "on",
                "linkOnly");
    }

    @Test
    void tokensOfAnyApp() {
        assertFound(
                realm.check(realm.with("spotify", Map.of("exchangeUnbound", "true"))),
                "unbound",
                Verdict.WARNING,
                "on",
                "exchangeUnbound");
    }

    @Test
    void noKindOfTokenIsLeft() {
        assertFound(
                realm.check(realm.with("github", Map.of("exchangeTokenTypes", "id_token"))),
                "token_kinds",
                Verdict.REFUSED,
                "none",
                "exchangeTokenTypes");
    }

    @Test
    void secretThatTheVaultDoesNotHave() {
        assertFound(
                realm.check(realm.with("google", Map.of("clientSecret", "${vault.google}"))),
                "secret",
                Verdict.REFUSED,
                "vault",
                "clientSecret");
    }

    @Test
    void secretInTheVaultIsReadAndTried() {
        realm.keycloak.keeping("${vault.google}", "google-secret");

        List<Finding> findings = realm.check(realm.with("google", Map.of("clientSecret", "${vault.google}")));

        assertThat(find(findings, "secret").verdict()).isEqualTo(Verdict.OK);
        assertThat(find(findings, "credentials").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void secretWithALineBreak() {
        assertFound(
                realm.check(realm.with("google", Map.of("clientSecret", "google-secret\n"))),
                "secret",
                Verdict.WARNING,
                "spaces",
                "clientSecret");
    }

    @Test
    void missingSecret() {
        List<Finding> findings = realm.check(realm.with("google", Map.of("clientSecret", "")));

        assertFound(findings, "secret", Verdict.WARNING, "missing", "clientSecret");
        assertFound(findings, "credentials", Verdict.UNKNOWN, "untellable", null);
    }

    @Test
    void missingClientId() {
        assertFound(
                realm.check(realm.with("google", Map.of("clientId", ""))),
                "client_id",
                Verdict.REFUSED,
                "missing",
                "clientId");
    }

    @Test
    void signedSecretThatHasExpiredOrSoonWill() {
        Finding expired = assertFound(
                realm.check(realm.with("google", Map.of("clientSecret", jwt(Instant.parse("2024-01-31T00:00:00Z"))))),
                "secret_expiry",
                Verdict.REFUSED,
                "expired",
                "clientSecret");
        assertFound(
                realm.check(realm.with(
                        "google", Map.of("clientSecret", jwt(Instant.now().plus(3, ChronoUnit.DAYS))))),
                "secret_expiry",
                Verdict.WARNING,
                "soon",
                "clientSecret");

        assertThat(expired.found()).isEqualTo("2024-01-31");
    }

    private static String jwt(Instant end) {
        String claims = "{\"exp\":" + end.getEpochSecond() + '}';
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2lnbmF0dXJl";
    }

    @Test
    void secretOfSignedDataThatTheVaultDoesNotHave() {
        assertFound(
                realm.check(realm.with("telegram", Map.of("botToken", "${vault.bot}"))),
                "shared_secret",
                Verdict.REFUSED,
                "vault",
                "botToken");
    }

    /** Whatever is planted: nothing that is found has a secret in it. */
    static Finding assertFound(List<Finding> findings, String name, Verdict verdict, String matter, String setting) {
        Finding found = findings.stream()
                .filter(finding -> finding.name().equals(name) && finding.is(verdict))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not " + verdict + " in " + findings));
        assertThat(found.matter()).isEqualTo(matter);
        assertThat(found.setting()).isEqualTo(setting);
        assertThat(found.in(new Phrases(Locale.ENGLISH)).advice()).isNotBlank();
        assertThat(findings.toString()).doesNotContain("secret-of-yesterday", "google-secret");
        return found;
    }

    private static Finding find(List<Finding> findings, String name) {
        return findings.stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
