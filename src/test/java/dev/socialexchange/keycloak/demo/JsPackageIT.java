package dev.socialexchange.keycloak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The JavaScript package and its recipe, in a browser, with a real realm; all tokens are bound to a key of the page. In place of each
 * provider's SDK stands an object with the functions that the SDK documents; it keeps what it is given, and answers with what the provider
 * signs for that. Together with keycloak-js the package is in {@link DemoPageIT}.
 */
class JsPackageIT {
    private static FrontEnd page;
    private static ConformanceRealm realm;
    private static String settings;

    private final Person person = Suite.newPerson();
    private Tab browser;

    @BeforeAll
    static void openRealm() {
        page = FrontEnd.open(0);
        page.serve(new PageConfig(Suite.keycloak(), Suite.providers()));
        realm = new ConformanceRealm();
        Map<String, String> frontEnd = new HashMap<>(realm.frontEndAt(page.url()));
        frontEnd.put("redirectUri", page.url() + "/recipe.html");
        settings = Json.write(frontEnd);
        for (String type : new String[] {"google", "facebook", "apple"}) {
            realm.add(type, type, Map.of("exchangeNonce", "issued"));
        }
        realm.add("google-ios", "google", Map.of());
    }

    @AfterAll
    static void closePage() {
        page.close();
    }

    @BeforeEach
    void openPage() {
        browser = Chromium.newBrowser().open(page.url() + "/recipe.html");
        load();
    }

    private void load() {
        browser.promised(
                """
                (async () => {
                  for (const module of ['/recipe.js', '/social-exchange/index.js', '/social-exchange/sdks.js']) {
                    Object.assign(window, await import(module));
                  }
                  window.opened = await openPage(%s);
                  window.client = opened.client;
                  window.provider = async alias => (await client.providers()).find(provider => provider.alias === alias);
                })()"""
                        .formatted(settings));
    }

    @Test
    void googleIdentityServices() {
        browser.promised(
                """
                (async () => {
                  const place = document.body;
                  window.google = { accounts: { id: {
                    initialize: given => { window.given = given; },
                    renderButton: (where, options) => { window.drawn = where === place && options.theme; },
                  } } };
                  window.subject = withGoogle(await provider('google'), await client.nonce(), place);
                })()""");
        assertThat(browser.json("drawn").asText()).isEqualTo("outline");
        String token = signed("google", given("client_id"), given("nonce"));

        browser.json("given.callback({ credential: %s, select_by: 'btn' })".formatted(Json.tree(token)));

        assertExchanged("google");
    }

    @Test
    void facebookSdk() {
        String token = facebookToken(person);
        browser.promised(
                """
                (async () => {
                  window.FB = {
                    init: given => { window.given = given; },
                    login: (callback, options) => { window.scope = options.scope; callback({
                      status: 'connected', authResponse: { accessToken: %s, userID: '1', expiresIn: 5000, signedRequest: 's' } }); },
                  };
                  window.subject = withFacebook(await provider('facebook'));
                })()"""
                        .formatted(Json.tree(token)));
        assertThat(given("appId"))
                .isEqualTo(ConformanceRealm.provider("facebook").clientId());
        assertThat(browser.json("scope").asText()).isEqualTo("email");

        assertExchanged("facebook");
    }

    @Test
    void signInWithApple() {
        browser.promised(
                """
                (async () => {
                  window.AppleID = { auth: {
                    init: given => { window.given = given; },
                    signIn: () => new Promise(resolve => { window.approve = resolve; }),
                  } };
                  window.subject = withApple(await provider('apple'), await client.nonce(), { code: true });
                })()""");
        assertThat(browser.json("given.usePopup").asBoolean()).isTrue();
        String token = signed("apple", given("clientId"), given("nonce"));
        String code = ConformanceRealm.provider("apple").code(given("clientId"), person, given("redirectURI"), null);

        browser.json(
                """
                approve({
                  authorization: { code: %s, id_token: %s, state: 's' },
                  user: { email: 'typed@example.org', name: { firstName: 'Grace', lastName: 'Hopper' } },
                })"""
                        .formatted(Json.tree(code), Json.tree(token)));

        JsonNode user = realm.admin().user(assertExchanged("apple"));
        assertThat(user.path("lastName").asText()).isEqualTo("Hopper");
        assertThat(user.path("email").asText()).isEqualTo(person.email());
        assertThat(Suite.providers().requests("appleid.apple.com", "/auth/token"))
                .as("the code went along, and was redeemed")
                .anyMatch(request -> request.carries(code));
    }

    /** As Google's SDK for iOS, MSAL.js and Facebook's do it when nobody gives them one. */
    @Test
    void nonceThatTheSdkMadeIsReadFromTheToken() {
        String token =
                signed("google", ConformanceRealm.provider("google").clientId(), "made-by-the-sdk-\u00e9\uD83D\uDE00");
        browser.promised(
                """
                (async () => {
                  const token = %s;
                  window.without = { subject_issuer: 'google-ios', subject_token: token, subject_token_type: ID_TOKEN };
                  window.subject = Promise.resolve({ ...without, nonce: nonceOf(token) });
                })()"""
                        .formatted(Json.tree(token)));

        JsonNode refusal = browser.promised("client.exchange(without)");
        assertThat(refusal.path("kind").asText()).isEqualTo("refused");
        assertThat(refusal.path("reason").asText()).isEqualTo("nonce_missing");
        assertExchanged("google-ios", "google");
    }

    @Test
    void accountIsLinkedListedAndUnlinkedWithTokensThatAreBoundToAKey() {
        signInWithoutNonce();

        JsonNode linked = browser.promised(
                """
                addAccount(session, { subject_issuer: 'facebook', subject_token: %s, subject_token_type: ACCESS_TOKEN })"""
                        .formatted(Json.tree(facebookToken(Suite.newPerson()))));
        assertThat(linked)
                .isEqualTo(Json.lenient("{\"kind\":\"linked\",\"alias\":\"facebook\",\"link_created\":true}"));
        assertThat(aliases()).containsExactlyInAnyOrder("google-ios", "facebook");

        assertThat(removed("facebook").path("kind").asText()).isEqualTo("unlinked");
        assertThat(aliases()).containsExactly("google-ios");
        JsonNode last = removed("google-ios");
        assertThat(last.path("kind").asText()).as(last.toString()).isEqualTo("refused");
        assertThat(last.path("status").asInt()).isEqualTo(400);
        assertThat(aliases()).containsExactly("google-ios");
    }

    @Test
    void refreshKeepsTheKeyAndLogoutEndsTheSession() {
        signInWithoutNonce();
        String user = Json.claims(browser.json("session.tokens.access_token").asText())
                .path("sub")
                .asText();

        JsonNode renewed =
                browser.promised("Promise.all([client.refresh(session.tokens), client.refresh(session.tokens)])");
        assertThat(renewed.path(0)).isEqualTo(renewed.path(1));
        assertThat(renewed.at("/0/tokens/token_type").asText()).isEqualTo("DPoP");
        assertThat(realm.admin().sessions(user)).hasSize(1);

        JsonNode left = browser.promised("client.refresh(session.tokens).then(({ tokens }) => client.logout(tokens))");
        assertThat(left.path("kind").asText()).as(left.toString()).isEqualTo("logged_out");
        assertThat(realm.admin().sessions(user)).isEmpty();
    }

    @Test
    void goesOnInTheBrowserAndComesBackWithTokens() {
        realm.admin()
                .createUser(Map.of(
                        "username", person.username(),
                        "enabled", true,
                        "email", person.email(),
                        "emailVerified", true,
                        "firstName", person.givenName(),
                        "lastName", person.familyName(),
                        "credentials", List.of(Map.of("type", "password", "value", "secret"))));
        browser.json("signIn(client, %s); ''".formatted(subjectWithoutNonce()));

        browser.clicks("#kc-continue")
                .clicks("#linkAccount")
                .types("#password", "secret")
                .clicks("#kc-login");
        browser.arrivesAt(page.url() + "/recipe.html?");
        load();

        assertThat(browser.json("opened.told").asText()).isEqualTo("Signed in.");
        assertThat(browser.url()).isEqualTo(page.url() + "/recipe.html");
        assertThat(browser.json("opened.session.tokens.token_type").asText()).isEqualTo("DPoP");
        assertThat(browser.json("sessionStorage.length").asInt()).isZero();
        assertThat(knows("google-ios", "google")).isTrue();
    }

    private void signInWithoutNonce() {
        browser.promised(
                "(async () => { window.session = await signIn(client, %s); })()".formatted(subjectWithoutNonce()));
    }

    private String subjectWithoutNonce() {
        String token = ConformanceRealm.provider("google")
                .idToken(ConformanceRealm.provider("google").clientId(), person, claims -> {});
        return "{ subject_issuer: 'google-ios', subject_token: %s, subject_token_type: ID_TOKEN }"
                .formatted(Json.tree(token));
    }

    private static String facebookToken(Person person) {
        return ConformanceRealm.provider("facebook")
                .accessToken(ConformanceRealm.provider("facebook").clientId(), person);
    }

    private JsonNode removed(String alias) {
        return browser.promised("removeAccount(session, %s)".formatted(Json.tree(alias)));
    }

    private List<String> aliases() {
        return browser.promised("session.current().then(tokens => client.links(tokens))")
                .path("links")
                .findValuesAsText("providerAlias");
    }

    private String given(String option) {
        return browser.json("given." + option).asText();
    }

    private String signed(String provider, String clientId, String nonce) {
        return ConformanceRealm.provider(provider).idToken(clientId, person, claims -> claims.put("nonce", nonce));
    }

    private String assertExchanged(String type) {
        return assertExchanged(type, type);
    }

    /** What the SDK's function answers is exchanged, for tokens of this page's key; answers the user's id. */
    private String assertExchanged(String alias, String type) {
        JsonNode tokens = browser.promised(
                "subject.then(subject => signIn(client, subject)).then(session => session.tokens ?? session)");
        assertThat(tokens.path("token_type").asText()).as(tokens.toString()).isEqualTo("DPoP");
        assertThat(knows(alias, type)).isTrue();
        JsonNode claims = Json.claims(tokens.path("access_token").asText());
        assertThat(claims.at("/cnf/jkt").asText()).isNotEmpty();
        return claims.path("sub").asText();
    }

    private boolean knows(String alias, String type) {
        return realm.knows(
                alias,
                ConformanceRealm.provider(type).identity(person, true).get("id").toString());
    }
}
