package dev.socialexchange.keycloak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The front-end page itself, with everything that a person does. */
@OlderKeycloakOnDemand
class DemoPageIT {
    private static FrontEnd page;

    @BeforeAll
    static void servePage() {
        Cast.introduceTo(Suite.providers().people());
        page = FrontEnd.open(0);
        Suite.admin().updateClient(Suite.SPA, client -> {
            client.withArray("/redirectUris").add(page.url() + "/*");
            client.withArray("/webOrigins").add(page.url());
        });
        page.serve(new PageConfig(Suite.keycloak(), Suite.providers()));
    }

    @AfterAll
    static void closePage() {
        page.close();
    }

    @Test
    void handsOverToTheBrowserAndBack() {
        Tab browser = Chromium.newBrowser().open(page.url() + "/");
        signIn(browser, "Google", Cast.CAROL.id());
        browser.sees("There is already an account with this e-mail address").photographs("demo-hold");
        browser.clicks("#browser").sees("Continue as carol@example.org").photographs("demo-interaction");
        browser.clicks("#kc-continue")
                .clicks("#linkAccount")
                .types("#password", "carol")
                .clicks("#kc-login");
        browser.sees("Signed in as Carol Shaw").photographs("demo-signed-in");

        assertThat(Suite.linked("google", Cast.CAROL.id())).hasSize(1);
        signIn(browser, "Google", Cast.CAROL.id());
        browser.sees("The realm knew this account already").photographs("demo-known");
    }

    @Test
    void saysThatAVerifiedAddressHasLinkedTheAccountJustNow() {
        Person person = Suite.newPerson();
        String user = local(person);
        Tab browser = Chromium.newBrowser().open(page.url() + "/");

        signIn(browser, "GitHub", person.id());
        browser.sees("Linked just now by the verified address").photographs("demo-linked");
        assertThat(Suite.linked("github", person.id()).path(0).path("id").asText())
                .isEqualTo(user);

        signIn(browser, "GitHub", person.id());
        browser.sees("The realm knew this account already");
    }

    @Test
    void consoleLinkLeadsAnAdministratorToTheRealmsProvidersAlsoAfterGoingOnInTheBrowser() {
        Person person = Suite.newPerson();
        local(person);
        Tab browser = Chromium.newBrowser().open(page.url() + "/");
        signIn(browser, "Acme", person.id());
        browser.sees("There is already an account with this e-mail address")
                .clicks("#browser")
                .clicks("#kc-continue")
                .clicks("#linkAccount")
                .types("#password", "secret")
                .clicks("#kc-login");
        browser.sees("Signed in as " + person.givenName());

        browser.has("#console[href*='/console/']");
        String[] admin = browser.evaluate("document.getElementById('admin').textContent.replace(/[()]/g, '')")
                .split(" / ");
        browser.open(browser.evaluate("document.getElementById('console').href"))
                .types("#username", admin[0])
                .types("#password", admin[1])
                .clicks("#kc-login");

        browser.sees("Identity providers").sees("Acme").photographs("demo-console"); // ten of them, the first by name
        assertThat(browser.url()).endsWith("/#/" + KeycloakServer.REALM + "/identity-providers");
        browser.clicks("a[href*='/acme/settings']")
                .sees("Token exchange: clients")
                .photographs("demo-console-provider");
    }

    @Test
    void refreshesAndLogsOut() {
        Person person = Suite.newPerson();
        Tab browser = Chromium.newBrowser().open(page.url() + "/");
        signIn(browser, "GitHub", person.id());
        browser.sees("a user was created for it");
        String claims = browser.evaluate("document.getElementById('got').textContent");

        browser.clicks("#refresh").sees("New tokens, same session").photographs("demo-refreshed");
        assertThat(browser.evaluate("document.getElementById('got').textContent"))
                .isNotEqualTo(claims);
        assertThat(browser.evaluate("document.getElementById('wire').textContent"))
                .contains("grant_type=refresh_token");
        String user = Suite.linked("github", person.id()).path(0).path("id").asText();
        assertThat(Suite.admin().sessions(user)).hasSize(1);

        browser.clicks("#logout").sees("Logged out").photographs("demo-logged-out");
        assertThat(Suite.admin().sessions(user)).isEmpty();
        assertThat(browser.text()).doesNotContain("Refresh tokens", "Send the same token again");
    }

    @Test
    void tellsWhenThePersonTurnsBack() {
        Tab browser = Chromium.newBrowser().open(page.url() + "/");
        signIn(browser, "Facebook", Cast.CAROL.id());
        browser.sees("a link to continue").clicks("#browser").clicks("#kc-cancel");

        browser.sees("You turned back").photographs("demo-turned-back");
        assertThat(browser.url()).isEqualTo(page.url() + "/");
    }

    @Test
    void tokenOfAnotherAppIsExplained() {
        Tab browser = Chromium.newBrowser().open(page.url() + "/").has("#foreign");
        browser.evaluate("document.getElementById('foreign').checked = true; ''");
        signIn(browser, "Acme", Suite.newPerson().id());

        browser.sees("This token was minted for another app").photographs("demo-foreign");
    }

    @Test
    void answerThatNobodyAskedForIsNotSentOn() {
        Tab browser = Chromium.newBrowser().open(page.url() + "/#id_token=e30.e30.e30&state=forged");

        browser.sees("This answer belongs to another sign-in");
        assertThat(browser.evaluate("document.getElementById('wire').textContent"))
                .isEmpty();
    }

    /** The account that somebody has here already, with a verified address and a password. */
    private static String local(Person person) {
        return Suite.admin()
                .createUser(Map.of(
                        "username",
                        person.username(),
                        "enabled",
                        true,
                        "email",
                        person.email(),
                        "emailVerified",
                        true,
                        "firstName",
                        person.givenName(),
                        "lastName",
                        person.familyName(),
                        "credentials",
                        List.of(Map.of("type", "password", "value", "secret"))));
    }

    private static void signIn(Tab browser, String provider, String personId) {
        browser.promised(
                """
                (async () => {
                  const named = button => button.textContent.includes(%s);
                  const all = () => document.getElementById('providers')?.shadowRoot?.querySelectorAll('button') ?? [];
                  const button = () => [...all()].find(named);
                  while (!button()) await new Promise(again => setTimeout(again, 50));
                  button().click();
                })()"""
                        .formatted(Json.tree("Continue with " + provider)));
        browser.clicks("button[value='" + personId + "']");
    }
}
