package dev.socialexchange.keycloak.it.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Refusals;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links in wrong hands, and forms that nobody has clicked. */
class InteractionAttackIT {
    private static OwnRealm realm;
    private static App app;
    private static String alias;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        app = App.of(realm);
        alias = app.provider("acme");
    }

    @Test
    void scannersThatLookAtTheLinkDoNotUseItUp() {
        String link = link(Suite.newPerson().withoutEmail());
        Visitor scanner = new Visitor();

        assertThat(scanner.head(link).statusCode()).isIn(200, 405);
        scanner.get(link);
        HttpResponse<String> page = new Visitor().get(link);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("SAMEORIGIN");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'self'");
    }

    @Test
    void continuationReplayOfManyAtOnceGoesOnOnce() {
        String link = link(Suite.newPerson().withoutEmail());
        Visitor browser = new Visitor();
        Map<String, String> form = Visitor.form(browser.get(link));

        List<Integer> answers = IntStream.range(0, 12)
                .parallel()
                .mapToObj(attempt -> new Visitor()
                        .with("Cookie", "social-exchange=" + browser.cookies().get("social-exchange"))
                        .post(link, form)
                        .statusCode())
                .toList();

        assertThat(answers).containsOnlyOnce(303).hasSize(12);
        assertThat(answers.stream().filter(status -> status == 400)).hasSize(11);
        assertThat(browser.get(link).statusCode()).isEqualTo(400);
    }

    /** Login CSRF: a foreign site sends the victim's browser the form, with a token from the attacker's own page. */
    @Test
    void formOfAnotherBrowserGoesNowhere() {
        String link = link(Suite.newPerson().withoutEmail());
        Map<String, String> attackersForm = Visitor.form(new Visitor().get(link));
        Visitor victim = new Visitor();

        HttpResponse<String> withoutCookie = victim.post(link, attackersForm);
        HttpResponse<String> withOwnCookie = victim.post(link, attackersForm);

        for (HttpResponse<String> answer : List.of(withoutCookie, withOwnCookie)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("Please confirm again").contains("The acme");
        }
        assertThat(victim.cookies().keySet()).containsExactly("social-exchange");
        assertThat(new Visitor().get(link).statusCode())
                .as("the link is not used up")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: https://evil.example"})
    void formOfAnotherSiteGoesNowhere(String header) {
        String link = link(Suite.newPerson().withoutEmail());
        Visitor victim = new Visitor();
        Map<String, String> form = Visitor.form(victim.get(link));
        String[] pair = header.split(": ");

        HttpResponse<String> answer = victim.with(pair[0], pair[1]).post(link, form);

        assertThat(answer.body()).contains("Please confirm again");
        assertThat(victim.cookies().keySet()).containsExactly("social-exchange");
    }

    @Test
    void continuationOpenedByTheVictimGivesNoLinkWithoutTheVictimsPassword() {
        Person attacker = Suite.newPerson();
        String name = Suite.unique("victim");
        String victim = realm.user(name, attacker.email(), Pages::withPassword);
        Tab browser = Chromium.newBrowser().open(app.loginUrl());
        browser.types("#username", name).types("#password", Pages.PASSWORD).clicks("#kc-login");
        browser.arrivesAt(app.redirectUri());

        browser.open(app.link(alias, attacker, "account_exists"));
        browser.sees(attacker.email()).sees("signed in as " + name);
        assertThat(realm.admin().sessions(victim))
                .as("nothing happens without a click")
                .hasSize(1);
        browser.clicks("#kc-continue").clicks("#linkAccount").has("#password");
        browser.types("#password", "a guess").sends("#kc-login").has("#password");

        assertThat(realm.admin()
                        .events("type=IDENTITY_PROVIDER_FIRST_LOGIN_ERROR&max=1")
                        .path(0)
                        .path("error")
                        .asText())
                .isEqualTo("invalid_user_credentials");
        assertThat(realm.linked(alias, attacker)).isEmpty();
        assertThat(realm.admin().sessions(victim)).isEmpty();
    }

    @Test
    void clientChosenDataInTheFormChangesNothing() {
        Person person = Suite.newPerson();
        String user = app.login(alias, person);
        realm.admin()
                .updateUser(user, account -> account.putArray("requiredActions").add("UPDATE_PASSWORD"));
        String link = app.link(alias, person, "required_action");
        Visitor browser = new Visitor();
        Map<String, String> form = new HashMap<>(Visitor.form(browser.get(link + "?client_id=account&scope=admin")));
        form.putAll(Map.of(
                "client_id", "account",
                "redirect_uri", "https://evil.example/",
                "interaction_redirect_uri", "https://evil.example/",
                "scope", "admin",
                "username", "admin",
                "email", "admin@example.org"));

        HttpResponse<String> answer = browser.post(link, form);

        assertThat(answer.statusCode()).isBetween(302, 303);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .contains("/login-actions/required-action", "client_id=" + app.clientId())
                .doesNotContain("evil.example");
    }

    @Test
    void providerThatWasClosedMeanwhileGivesNoLogin() {
        String own = app.provider("acme");
        String link = app.link(own, Suite.newPerson().withoutEmail(), "profile_incomplete");
        Visitor browser = new Visitor();
        Map<String, String> form = Visitor.form(browser.get(link));
        realm.admin().updateIdentityProvider(own, provider -> provider.put("enabled", false));

        HttpResponse<String> answer = browser.post(link, form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(browser.get(link).statusCode()).isEqualTo(400);
    }

    @Test
    void userWhoWasDisabledMeanwhileGetsNoSession() {
        Person person = Suite.newPerson();
        String user = app.login(alias, person);
        realm.admin()
                .updateUser(user, account -> account.putArray("requiredActions").add("UPDATE_PASSWORD"));
        String link = app.link(alias, person, "required_action");
        Visitor browser = new Visitor();
        Map<String, String> form = Visitor.form(browser.get(link));
        realm.admin().updateUser(user, account -> account.put("enabled", false));

        HttpResponse<String> answer = browser.post(link, form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void accountThatWasLinkedToSomebodyElseMeanwhileIsNotLinkedTwice() {
        Person person = Suite.newPerson();
        realm.user(Suite.unique("late"), person.email(), Pages::withPassword);
        Tab browser = Chromium.newBrowser().open(app.link(alias, person, "account_exists"));
        browser.clicks("#kc-continue").clicks("#linkAccount").has("#password");
        String faster = realm.user(Suite.unique("faster"), Suite.unique("f") + "@example.org", account -> {});
        realm.admin()
                .post(
                        "/users/" + faster + "/federated-identity/" + alias,
                        Map.of("identityProvider", alias, "userId", person.id(), "userName", person.username()));

        browser.types("#password", Pages.PASSWORD).clicks("#kc-login").sees("already linked");

        assertThat(realm.linked(alias, person)).hasSize(1);
        assertThat(app.login(alias, person)).isEqualTo(faster);
    }

    /** CVE-2026-9087, CVE-2026-82968: the mail proves the address to one external account, and to no other. */
    @ParameterizedTest
    @ValueSource(strings = {"acme", "github"})
    void emailProofUsedForAnotherExternalAccountDoesNotLink(String like) {
        try (Mailbox mailbox = Mailbox.open()) {
            OwnRealm mailing =
                    OwnRealm.create(representation -> representation.set("smtpServer", Json.tree(mailbox.settings())));
            App mailingApp = App.of(mailing);
            String provider = mailingApp.provider(like);
            // Keycloak's own flow, which asks for a proof by mail; another may link what the provider vouches for
            mailing.admin()
                    .updateIdentityProvider(
                            provider, settings -> settings.put("firstBrokerLoginFlowAlias", "first broker login"));
            Person owner = Suite.newPerson();
            String user = mailing.user(Suite.unique("owner"), owner.email(), Pages::withPassword);
            Person thief = Suite.newPerson().withEmail(owner.email(), true);

            Tab browser = Chromium.newBrowser().open(mailingApp.link(provider, owner, "account_exists"));
            browser.clicks("#kc-continue").sends("#linkAccount").sees("email");
            Chromium.newBrowser()
                    .open(mailbox.nextLink())
                    .clicks("#kc-proceed, #kc-page-title ~ * a, a[href*=action-token]")
                    .sees("successfully verified");

            Answer stolen = mailingApp.plainRequest(provider, thief).send();
            Refusals.assertRefused(stolen, 400, "interaction_required", "account_exists");
            assertThat(mailing.linked(provider, thief)).isEmpty();
            assertThat(mailingApp.login(provider, owner)).isEqualTo(user);
        }
    }

    private static String link(Person person) {
        return app.link(alias, person, "profile_incomplete");
    }
}
