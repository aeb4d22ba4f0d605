package dev.socialexchange.keycloak.it.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page behind a link says, and that it does nothing without a click. */
class InteractionPageIT {
    private static final String GONE = "has been used already, or it has expired";
    private static final String CHANGED = "cannot be used any more";

    private static OwnRealm realm;
    private static App app;
    private static String alias;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(Pages::inEnglishAndGerman);
        app = App.of(realm);
        alias = app.provider("acme");
    }

    /** Somebody whose profile has to be completed. */
    private static String link(Person person) {
        return app.link(alias, person, "profile_incomplete");
    }

    private static Person nameless() {
        return Suite.newPerson().withoutEmail();
    }

    @Test
    void speaksGermanInTheDark() {
        Tab browser = Chromium.newBrowser().prefersDark().open(link(nameless()));

        Pages.chooseLanguage(browser, "de");

        browser.sees("Weiter als").sees("The acme").sees("Abbrechen").photographs("interaction-german-dark");
    }

    @Test
    void saysThatTheLinkWasUsed() {
        Person person = nameless();
        String link = link(person);
        Chromium.newBrowser().open(link).clicks("#kc-continue").has("#email");

        Chromium.newBrowser().open(link).sees(GONE).photographs("interaction-used");

        assertThat(realm.linked(alias, person)).isEmpty();
    }

    @Test
    void goesOnInAnotherBrowserWhereThePersonConfirmsIt() {
        String link = link(nameless());
        Chromium.newBrowser().open(link).has("#kc-continue");

        Tab other = Chromium.newBrowser().open(link);

        other.clicks("#kc-continue").has("#email");
    }

    @Test
    void saysThatTheLinkHasExpired() {
        OwnRealm hasty = OwnRealm.create(representation -> representation.put("accessCodeLifespanUserAction", 1));
        App hastyApp = App.of(hasty);
        Person person = nameless();
        String own = hastyApp.provider("acme");
        String link = hastyApp.link(own, person, "profile_incomplete");

        Tab browser = Chromium.newBrowser();
        for (int visits = 0; !browser.open(link).text().contains(GONE); visits++) {
            assertThat(visits).as("visits of a link that lives for a second").isLessThan(100);
        }

        assertThat(hasty.linked(own, person)).isEmpty();
    }

    @Test
    void saysThatTheAppHasChangedItsRedirectUri() {
        App moving = App.of(realm);
        String own = moving.provider("acme");
        Person person = nameless();
        String link = moving.link(own, person, "profile_incomplete");
        Tab early = Chromium.newBrowser().open(link).has("#kc-continue");
        realm.admin().updateClient(moving.clientId(), client -> client.putArray("redirectUris")
                .add("https://elsewhere.example/*"));

        Chromium.newBrowser().open(link).sees(CHANGED).photographs("interaction-changed");
        early.clicks("#kc-continue").sees(CHANGED);

        assertThat(realm.linked(own, person)).isEmpty();
    }

    @Test
    void isNoPageOfAnotherRealm() {
        String link = link(nameless()).replace("/realms/" + realm.name() + "/", "/realms/social/");

        Chromium.newBrowser().open(link).sees(GONE);
    }

    @Test
    void saysWhoIsSignedInAndSignsThemOutOnlyWhenAsked() {
        String somebody = Suite.unique("somebody");
        String somebodyElse = realm.user(somebody, somebody + "@example.org", Pages::withPassword);
        Tab browser = Chromium.newBrowser().open(app.loginUrl());
        browser.types("#username", somebody).types("#password", Pages.PASSWORD).clicks("#kc-login");
        browser.arrivesAt(app.redirectUri());
        Person person = nameless();

        browser.open(link(person)).sees("signed in as " + somebody).photographs("interaction-signed-in");
        assertThat(realm.admin().sessions(somebodyElse)).hasSize(1);
        browser.clicks("#kc-continue");
        browser.types("#email", Suite.unique("typed") + "@example.org").clicks("[type=submit]");
        Answer tokens = app.redeem(browser);

        assertThat(realm.linked(alias, person).path(0).path("id").asText())
                .isEqualTo(tokens.claims().path("sub").asText())
                .isNotEqualTo(somebodyElse);
        assertThat(realm.admin().sessions(somebodyElse)).isEmpty();
    }

    @Test
    void keepsTheSessionOfTheSamePerson() {
        Person person = Suite.newPerson();
        String user = app.login(alias, person);
        realm.admin().updateUser(user, Pages::withPassword);
        Tab browser = Chromium.newBrowser().open(app.loginUrl());
        browser.types("#username", person.username())
                .types("#password", Pages.PASSWORD)
                .clicks("#kc-login");
        browser.arrivesAt(app.redirectUri());
        int sessions = realm.admin().sessions(user).size();
        realm.admin()
                .updateUser(user, account -> account.putArray("requiredActions").add("UPDATE_PASSWORD"));

        browser.open(app.link(alias, person, "required_action"));
        assertThat(browser.text()).doesNotContain("signed in as");
        browser.clicks("#kc-continue").types("#password-new", "a new one").types("#password-confirm", "a new one");
        browser.clicks("[type=submit]");
        Answer tokens = app.redeem(browser);

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(realm.admin().sessions(user)).hasSize(sessions);
    }

    @Test
    void goesBackToTheAppAtOnceWhenNothingIsAskedAnyMore() {
        Person person = Suite.newPerson();
        String user = app.login(alias, person);
        realm.admin()
                .updateUser(user, account -> account.putArray("requiredActions").add("UPDATE_PASSWORD"));
        String link = app.link(alias, person, "required_action");
        realm.admin().updateUser(user, account -> account.putArray("requiredActions"));

        Answer tokens = app.redeem(Chromium.newBrowser().open(link).clicks("#kc-continue"));

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.claims().path("sub").asText()).isEqualTo(user);
    }

    @Test
    void goesBackToTheAppWithoutACodeWhenThePersonCancels() {
        Person person = nameless();
        String link = link(person);
        Tab browser = Chromium.newBrowser().open(link).clicks("#kc-cancel");

        URI address = URI.create(browser.arrivesAt(app.redirectUri()));

        assertThat(App.parameter(address, "error")).isEqualTo(Optional.of("access_denied"));
        assertThat(App.parameter(address, "state")).isEqualTo(Optional.of(App.STATE));
        assertThat(App.parameter(address, "code")).isEmpty();
        Chromium.newBrowser().open(link).sees(GONE);
        assertThat(realm.linked(alias, person)).isEmpty();
    }
}
