package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Browser;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ProviderToken;
import dev.socialexchange.keycloak.it.support.RealHosts;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keycloak's Identity Brokering API, version 2: a back end reads the provider's token of somebody who has signed in at its front end, where an admin
 * lets it.
 */
@DisabledIfSystemProperty(
        named = "keycloak.version",
        matches = "26\\.6\\..*",
        disabledReason = "version 2 of the Identity Brokering API came with Keycloak 26.7")
class BrokeringApiIT {
    private static final String REDIRECT = "com.example.app:/callback";
    private static final String BACKEND = "demo-backend";
    private static final String SECRET = "backend-secret";

    /** Longer than any token lives, so that each look refreshes it. */
    private static final Map<String, String> TOO_SOON = Map.of("minValidityToken", "100000");

    private static final Map<String, String> IN_TIME = Map.of("minValidityToken", "1");
    private static final Map<String, String> IN_SESSION =
            Map.of("storeTokenInSession", "true", "minValidityToken", "1");

    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = RealHosts.realm();
        realm.admin().updateRealm(settings -> settings.withArray("/enabledEventTypes")
                .add("IDENTITY_PROVIDER_RETRIEVE_TOKEN_ERROR"));
        realm.admin().updateClient(Suite.SPA, spa -> spa.withArray("/protocolMappers")
                .addObject()
                .put("name", "for the back end")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-audience-mapper")
                .putObject("config")
                .put("included.client.audience", BACKEND)
                .put("access.token.claim", "true"));
    }

    /** Keycloak's own types by a browser, where they ask for a refresh token, and by a code; a described one; one that never refreshes. */
    @ParameterizedTest
    @CsvSource({
        "google, browser, offlineAccess, true",
        "acme, browser, defaultScope, openid email profile offline_access",
        "partner, code, , ",
        "legacy, code, , ",
        "legacy, browser, , ",
        "custom, code, , ",
        "custom, browser, , "
    })
    void clientOnTheListReadsAndRefreshesWhatIsStored(String kind, String way, String setting, String value) {
        String alias = listed(kind, true, setting == null ? IN_TIME : Map.of(setting, value, "minValidityToken", "1"));
        Answer login = way.equals("code") ? byCode(kind, alias, RealHosts.newPerson()) : byBrowser(alias);

        assertReadAndRefreshed(alias, login);
    }

    @Test
    void tokenOfAProviderWithoutRefreshTokensIsRead() {
        String alias = listed("facebook", true, IN_TIME);
        String token = RealHosts.providers()
                .facebook()
                .accessToken(RealHosts.providers().facebook().clientId(), RealHosts.newPerson());

        Answer read = read(alias, byAccessToken(alias, token));

        assertRead(read);
        assertThat(read.accessToken()).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"partner", "legacy", "custom"})
    void tokensOfAnExchangeAreReadAndRefreshedInTheSessionAlone(String kind) {
        String alias = listed(kind, false, IN_SESSION);

        Answer login = byCode(kind, alias, RealHosts.newPerson());

        assertReadAndRefreshed(alias, login);
        store(alias);
        assertNothingToRead(
                read(alias, login), "with the link there is nothing, nor is it looked for in the session any more");
    }

    @Test
    void browserLoginOfADescribedTypeLeavesItsTokensInTheSession() {
        String alias = listed("custom", false, IN_SESSION);

        Answer login = byBrowser(alias);

        assertReadAndRefreshed(alias, login);
        store(alias);
        assertNothingToRead(read(alias, login), "with the link there is nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "browser"})
    void nothingIsKeptThatNobodyHasAskedFor(String way) {
        String alias = listed("custom", false, IN_TIME);
        Answer login = way.equals("code") ? byCode("custom", alias, RealHosts.newPerson()) : byBrowser(alias);

        assertNothingToRead(read(alias, login), "neither setting is on");
        realm.admin().configureIdentityProvider(alias, IN_SESSION);
        assertNothingToRead(read(alias, login), "it was not when they came");
    }

    @Test
    void clientThatIsNotOnTheListIsRefused() {
        String alias = listed("custom", true, IN_TIME);
        Answer login = byCode("custom", alias, RealHosts.newPerson());
        assertRead(read(alias, login));

        allow("another-provider");
        Answer refused = read(alias, login);

        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("invalid_client");
        assertThat(refused.body()).doesNotContain("legacy-at-");
        assertThat(realm.admin()
                        .events("type=IDENTITY_PROVIDER_RETRIEVE_TOKEN_ERROR&max=1")
                        .path(0)
                        .path("details")
                        .path("reason")
                        .asText())
                .isEqualTo("Client not allowed to retrieve token for the provider");
    }

    @Test
    void publicClientIsRefused() {
        String alias = listed("custom", true, IN_TIME);
        Answer login = byCode("custom", alias, RealHosts.newPerson());

        Answer refused = ProviderToken.retrieve(realm, alias, login.accessToken(), Suite.SPA, null);

        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("legacy-at-");
    }

    /** Keycloak would take both for tokens, or delete what is stored. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"errcode\":40030}", "<html>error</html>"})
    void whatIsStoredStaysIfTheProviderGivesNothingBetter(String answer) {
        String alias = listed("legacy", true, IN_TIME);
        Answer login = byCode("legacy", alias, RealHosts.newPerson());
        String before = read(alias, login).accessToken();
        RealHosts.providers()
                .fault(
                        "legacy.example",
                        "/token",
                        Fault.rewritten(tokens -> answer).forToken("grant_type=refresh_token"));
        realm.admin().configureIdentityProvider(alias, TOO_SOON);

        Answer refused = read(alias, login);
        RealHosts.providers().clearFaults();

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(realm.admin()
                        .events("type=IDENTITY_PROVIDER_RETRIEVE_TOKEN_ERROR&max=1")
                        .path(0)
                        .path("details")
                        .path("reason")
                        .asText())
                .as("nothing of the provider's answer")
                .isEqualTo("The provider has not refreshed the token");
        realm.admin().configureIdentityProvider(alias, IN_TIME);
        assertThat(read(alias, login).accessToken()).isEqualTo(before);
    }

    @Test
    void tokenThatHasEndedAndCannotBeRefreshedIsNotHandedOut() throws InterruptedException {
        String alias = listed("legacy", true, IN_TIME);
        Person person = RealHosts.newPerson();
        String code = RealHosts.providers()
                .legacy()
                .code(RealHosts.providers().legacy().clientId(), person, REDIRECT, null);
        RealHosts.providers()
                .fault(
                        "legacy.example",
                        "/token",
                        Fault.altered(tokens -> {
                                    tokens.remove("refresh_token");
                                    tokens.put("expires_in", 1);
                                    return tokens;
                                })
                                .forToken(code));
        Answer login = redeemed(alias, code);
        Thread.sleep(1100);

        Answer ended = read(alias, login);

        assertThat(ended.status()).as(ended.body()).isEqualTo(400);
        assertThat(ended.error()).isEqualTo("token_expired");
    }

    private static String listed(String like, boolean store, Map<String, String> settings) {
        String alias = realm.provider(like, (ObjectNode copy) -> {
            copy.put("storeToken", store);
            settings.forEach(copy.withObject("/config")::put);
        });
        allow(alias);
        return alias;
    }

    private static void allow(String alias) {
        realm.admin().updateClient(BACKEND, client -> client.withObject("/attributes")
                .put("external.token.enabled", "true")
                .put("external.token.idp", alias));
    }

    private static void store(String alias) {
        realm.admin().updateIdentityProvider(alias, provider -> provider.put("storeToken", true));
    }

    private static Answer byCode(String kind, String alias, Person person) {
        Provider provider = kind.equals("partner")
                ? RealHosts.providers().partner()
                : RealHosts.providers().legacy();
        return redeemed(alias, provider.code(provider.clientId(), person, REDIRECT, null));
    }

    private static Answer redeemed(String alias, String code) {
        Answer login = realm.request(Suite.SPA, alias, TokenType.AUTHORIZATION_CODE, code)
                .param("redirect_uri", REDIRECT)
                .send();
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return login;
    }

    private static Answer byAccessToken(String alias, String token) {
        Answer login =
                realm.request(Suite.SPA, alias, TokenType.ACCESS_TOKEN, token).send();
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return login;
    }

    private static Answer byBrowser(String alias) {
        Answer login = new Browser(realm, RealHosts.providers().url()).login(alias, RealHosts.newPerson());
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return login;
    }

    private static Answer read(String alias, Answer login) {
        return ProviderToken.retrieve(realm, alias, login.accessToken(), BACKEND, SECRET);
    }

    /** What was refreshed is kept. */
    private static void assertReadAndRefreshed(String alias, Answer login) {
        Answer first = read(alias, login);
        assertRead(first);
        assertThat(first.json().path("expires_in").asLong()).isPositive();
        assertThat(read(alias, login).accessToken()).isEqualTo(first.accessToken());

        realm.admin().configureIdentityProvider(alias, TOO_SOON);
        Answer second = read(alias, login);
        assertRead(second);
        assertThat(second.accessToken()).isNotEqualTo(first.accessToken());

        realm.admin().configureIdentityProvider(alias, IN_TIME);
        assertThat(read(alias, login).accessToken()).isEqualTo(second.accessToken());
    }

    private static void assertRead(Answer read) {
        assertThat(read.status()).as(read.body()).isEqualTo(200);
        assertThat(read.accessToken()).isNotBlank();
        assertThat(read.json().has("refresh_token")).as("that is for Keycloak").isFalse();
        assertThat(read.json().has("id_token")).isFalse();
        assertThat(read.text("issued_token_type")).isEqualTo("urn:ietf:params:oauth:token-type:access_token");
    }

    private static void assertNothingToRead(Answer read, String why) {
        assertThat(read.status()).as("%s: %s", why, read.body()).isEqualTo(400);
        assertThat(read.json().has("access_token")).as(why).isFalse();
    }
}
