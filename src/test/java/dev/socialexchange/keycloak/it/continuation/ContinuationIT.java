package dev.socialexchange.keycloak.it.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.simulator.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What an exchange could not finish alone is finished by the person, in a browser, on the realm's own pages; afterwards the
 * same person exchanges alone.
 */
class ContinuationIT {
    private static OwnRealm realm;
    private static App app;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(Pages::inEnglishAndGerman);
        app = App.of(realm);
    }

    @Test
    void linksTheExistingAccountAfterItsPassword() {
        String alias = app.provider("acme");
        Person person = Suite.newPerson();
        String user = realm.user(Suite.unique("local"), person.email(), Pages::withPassword);

        Tab browser = Chromium.newBrowser().open(app.link(alias, person, "account_exists"));
        browser.sees("Continue as " + person.email()).sees("The App").photographs("interaction");
        browser.clicks("#kc-continue").has("#linkAccount").photographs("existing-account");
        browser.clicks("#linkAccount");
        browser.types("#password", Pages.PASSWORD)
                .photographs("existing-account-password")
                .clicks("#kc-login");

        assertSignsIn(browser, app, alias, person, user);
        assertThat(realm.linked(alias, person)).hasSize(1);
    }

    @Test
    void asksForTheMissingAddress() {
        String alias = app.provider("acme");
        Person person = Suite.newPerson().withoutEmail();

        Tab browser = Chromium.newBrowser().open(app.link(alias, person, "profile_incomplete"));
        browser.clicks("#kc-continue").has("#email").photographs("missing-address");
        String address = Suite.unique("typed") + "@example.org";
        browser.types("#email", address).clicks("[type=submit]");
        Answer tokens = app.redeem(browser);

        assertThat(realm.user(tokens).path("email").asText()).isEqualTo(address);
        assertThat(realm.user(tokens).path("emailVerified").asBoolean())
                .as("typed, and vouched for by nobody")
                .isFalse();
        assertExchangesAlone(app, alias, person, tokens.claims().path("sub").asText());
    }

    @Test
    void setsUpTheSecondFactorThatThePostLoginFlowWants() {
        String flow = realm.flow("auth-otp-form");
        String alias = app.provider("acme", copy -> copy.put("postBrokerLoginFlowAlias", flow));
        Person person = Suite.newPerson();

        Tab browser = Chromium.newBrowser().open(app.link(alias, person, "second_factor"));
        browser.clicks("#kc-continue").has("#totp").photographs("second-factor-setup");
        String secret = browser.evaluate("document.querySelector('#totpSecret').value");
        browser.types("#totp", Pages.oneTimeCode(secret))
                .types("#userLabel", "phone")
                .clicks("#saveTOTPBtn");

        Answer tokens = app.redeem(browser);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        // a flow that wants a code every time gets it every time, and the page of the next continuation asks for it
        Tab again = Chromium.newBrowser().open(app.link(alias, person, "second_factor"));
        again.clicks("#kc-continue").has("#otp").photographs("second-factor");
    }

    @Test
    void setsUpTheSecondFactorThatTheUserHasToHave() {
        String alias = app.provider("acme");
        Person person = Suite.newPerson();
        String user = app.login(alias, person);
        realm.admin()
                .updateUser(user, account -> account.putArray("requiredActions").add("CONFIGURE_TOTP"));

        Tab browser = Chromium.newBrowser().open(app.link(alias, person, "second_factor"));
        browser.clicks("#kc-continue").has("#totp");
        String secret = browser.evaluate("document.querySelector('#totpSecret').value");
        browser.types("#totp", Pages.oneTimeCode(secret))
                .types("#userLabel", "phone")
                .clicks("#saveTOTPBtn");

        assertSignsIn(browser, app, alias, person, user);
    }

    @Test
    void verifiesTheAddressByMail() {
        try (Mailbox mailbox = Mailbox.open()) {
            OwnRealm strict = OwnRealm.create(representation -> {
                representation.put("verifyEmail", true);
                representation.set("smtpServer", Json.tree(mailbox.settings()));
            });
            App strictApp = App.of(strict);
            String alias = strictApp.provider("acme");
            Person known = Suite.newPerson();
            Person person = known.withEmail(known.email(), false);

            Tab browser = Chromium.newBrowser().open(strictApp.link(alias, person, "verify_email"));
            browser.clicks("#kc-continue").sees("verify").photographs("verify-address");
            browser.open(mailbox.nextLink());
            Answer tokens = strictApp.redeem(browser);

            assertThat(strict.user(tokens).path("emailVerified").asBoolean()).isTrue();
            assertExchangesAlone(
                    strictApp, alias, person, tokens.claims().path("sub").asText());
        }
    }

    @Test
    void asksForConsent() {
        App careful = App.of(realm, client -> client.put("consentRequired", true));
        String alias = careful.provider("acme");
        Person person = Suite.newPerson();

        Tab browser = Chromium.newBrowser().open(careful.link(alias, person, "consent"));
        browser.clicks("#kc-continue").has("#kc-login").photographs("consent");
        browser.clicks("#kc-login");

        String user = realm.linked(alias, person).path(0).path("id").asText();
        assertSignsIn(browser, careful, alias, person, user);
    }

    @Test
    void goesThroughRequiredActions() {
        String alias = app.provider("google");
        Person person = Suite.newPerson();
        String user = app.login(alias, person);
        realm.admin()
                .updateUser(user, account -> account.putArray("requiredActions").add("UPDATE_PASSWORD"));

        Tab browser = Chromium.newBrowser().open(app.link(alias, person, "required_action"));
        browser.clicks("#kc-continue").types("#password-new", "a new one").types("#password-confirm", "a new one");
        browser.photographs("required-action").clicks("[type=submit]");

        assertSignsIn(browser, app, alias, person, user);
    }

    private static void assertSignsIn(Tab browser, App into, String alias, Person person, String user) {
        Answer tokens = into.redeem(browser);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.claims().path("sub").asText()).isEqualTo(user);
        assertThat(Json.claims(tokens.text("id_token")).path("nonce").asText()).isEqualTo("nonce-of-the-app");
        assertExchangesAlone(into, alias, person, user);
    }

    private static void assertExchangesAlone(App app, String alias, Person person, String user) {
        Answer answer = app.plainRequest(alias, person).send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.claims().path("sub").asText()).isEqualTo(user);
    }
}
