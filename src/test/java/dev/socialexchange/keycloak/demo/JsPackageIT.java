package dev.socialexchange.keycloak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The recipes for the providers' SDKs, in a browser, up to real tokens. In place of each SDK stands an object with the functions that
 * the SDK documents; it keeps what it is given, and answers with what the provider signs for that.
 */
class SdkRecipesIT {
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
        settings = Json.write(realm.frontEndAt(page.url()));
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
        browser = Chromium.newBrowser().open(page.url() + "/");
        browser.promised(
                """
                (async () => {
                  window.realm = %s;
                  Object.assign(window, await import('/session.js'), await import('/sdks.js'));
                  window.keycloak = await openSession(realm);
                  window.provider = async alias => (await openProviders(realm)).find(provider => provider.alias === alias);
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
                  window.subject = withGoogle(await provider('google'), await newNonce(realm), place);
                })()""");
        assertThat(browser.json("drawn").asText()).isEqualTo("outline");
        String token = signed("google", given("client_id"), given("nonce"));

        browser.json("given.callback({ credential: %s, select_by: 'btn' })".formatted(Json.tree(token)));

        assertExchanged("google");
    }

    @Test
    void facebookSdk() {
        String token = ConformanceRealm.provider("facebook")
                .accessToken(ConformanceRealm.provider("facebook").clientId(), person);
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
    void facebookSdkWithoutLoginIsNoToken() {
        JsonNode outcome = browser.promised(
                """
                (async () => {
                  window.FB = { init: () => {}, login: callback => callback({ status: 'unknown', authResponse: null }) };
                  return withFacebook(await provider('facebook')).then(() => 'a token', refusal => refusal.message);
                })()""");

        assertThat(outcome.asText()).isEqualTo("The person did not sign in");
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
                  window.subject = withApple(await provider('apple'), await newNonce(realm));
                })()""");
        assertThat(browser.json("given.usePopup").asBoolean()).isTrue();
        String token = signed("apple", given("clientId"), given("nonce"));

        browser.json(
                """
                approve({
                  authorization: { code: 'c', id_token: %s, state: 's' },
                  user: { email: 'typed@example.org', name: { firstName: 'Grace', lastName: 'Hopper' } },
                })"""
                        .formatted(Json.tree(token)));

        JsonNode user = realm.admin().user(assertExchanged("apple"));
        assertThat(user.path("lastName").asText()).isEqualTo("Hopper");
        assertThat(user.path("email").asText()).isEqualTo(person.email());
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

        JsonNode refusal = browser.promised("exchange(keycloak, without)");
        assertThat(refusal.path("body").path("error_reason").asText()).isEqualTo("nonce_missing");
        assertExchanged("google-ios", "google");
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

    /** What the recipe answered is exchanged; answers the user's id. */
    private String assertExchanged(String alias, String type) {
        JsonNode answer = browser.promised("subject.then(subject => exchange(keycloak, subject))");
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
        JsonNode claims = browser.promised(
                "openSession(realm, %s).then(session => session.tokenParsed)".formatted(answer.path("body")));
        assertThat(realm.knows(
                        alias,
                        ConformanceRealm.provider(type)
                                .identity(person, true)
                                .get("id")
                                .toString()))
                .isTrue();
        return claims.path("sub").asText();
    }
}
