package dev.socialexchange.keycloak.it.continuation;

import static dev.socialexchange.keycloak.it.support.SignalPost.RISC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link that its provider has had suspended signs nobody in by browser either, and its person gets back in by their own proof. */
class SuspendedLinkIT {
    private static Mailbox mailbox;
    private static OwnRealm realm;
    private static App app;
    private static String alias;

    @BeforeAll
    static void createRealm() {
        mailbox = Mailbox.open();
        realm = OwnRealm.create(settings -> {
            Pages.inEnglishAndGerman(settings);
            settings.putPOJO("smtpServer", mailbox.settings());
        });
        app = App.of(realm);
        alias = app.provider("acme", copy -> copy.withObject("/config")
                .put("exchangeSignals", "enforce")
                .put("exchangeSignalsMailElsewhere", "true"));
    }

    @AfterAll
    static void closeMailbox() {
        mailbox.close();
    }

    private static Person suspended() {
        Person person = Suite.newPerson();
        assertThat(app.plainRequest(alias, person).send().status()).isEqualTo(200);
        long now = Instant.now().getEpochSecond();
        Answer taken = SignalPost.post(
                realm, alias, SignalPost.token(person, RISC + "credential-compromise", now - 20, claims -> {}));
        assertThat(taken.status()).as(taken.body()).isEqualTo(202);
        return person;
    }

    private static Tab signIn(Person person) {
        return Chromium.newBrowser()
                .open(loginUrl() + "&kc_idp_hint=" + alias)
                .clicks("button[value='" + person.id() + "']");
    }

    private static String loginUrl() {
        return app.loginUrl() + "&state=" + URLEncoder.encode(App.STATE, StandardCharsets.UTF_8)
                + "&code_challenge_method=S256&code_challenge=" + App.CHALLENGE;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void personGetsBackInByMail(String language) {
        Person person = suspended();

        Tab page = signIn(person).has("#kc-mail");
        Pages.chooseLanguage(page, language);
        page.has("#kc-mail").photographs("suspended-" + language);
        assertThat(page.json("[...document.links].map(link => link.href)"))
                .as("nothing leads elsewhere")
                .allMatch(link -> link.asText().startsWith(realm.server().url().toString()));
        page.clicks("#kc-mail").sees(language.equals("en") ? "A link was sent" : "ein Link geschickt");
        String link = Mailbox.link(mailbox.next(person.email()));
        assertThat(new Visitor().get(link).statusCode()).as("mail is scanned").isEqualTo(200);
        assertThat(app.plainRequest(alias, person).send().errorReason()).isEqualTo("link_suspended");

        Tab mail = Chromium.newBrowser().open(link).has("#kc-resume");
        Pages.chooseLanguage(mail, language);
        mail.has("#kc-resume")
                .photographs("resume-" + language)
                .clicks("#kc-resume")
                .sees(language.equals("en") ? "signs you in here again" : "meldet Sie hier wieder an");

        assertThat(app.plainRequest(alias, person).send().status()).isEqualTo(200);
        assertThat(new Visitor().get(link).statusCode()).as("used").isEqualTo(400);
    }

    /** Whoever has the account does not read the mail, and the page's own address opens nothing. */
    @Test
    void pageOfTheSuspendedAccountAloneOpensNothing() {
        Person person = suspended();
        String page = signIn(person).has("#kc-mail").url();

        new Visitor().post(page, Map.of("resume", "true"));

        assertThat(app.plainRequest(alias, person).send().errorReason()).isEqualTo("link_suspended");
        assertThat(new Visitor().get(page + "x").statusCode()).isEqualTo(400);
    }

    /** A company's provider, say, at which the account is the mailbox. */
    @Test
    void noMailIsOfferedWhereTheProviderMayBeTheOneThatDeliversIt() {
        Person person = suspended();
        realm.admin().updateIdentityProvider(alias, copy -> copy.withObject("/config")
                .put("exchangeSignalsMailElsewhere", "false"));
        try {
            Tab page = signIn(person).sees("ask your administrator");
            assertThat(page.json("document.querySelectorAll('#kc-mail').length").asInt())
                    .isZero();
            new Visitor().post(page.url(), Map.of("mail", "true"));
        } finally {
            realm.admin().updateIdentityProvider(alias, copy -> copy.withObject("/config")
                    .put("exchangeSignalsMailElsewhere", "true"));
        }

        assertThat(mailbox.recipients()).doesNotContain(person.email());
        assertThat(app.plainRequest(alias, person).send().errorReason()).isEqualTo("link_suspended");
    }

    /** By Keycloak's own action, as its account console does: the password is another proof than the account. */
    @Test
    void personWhoHasRemovedTheLinkMakesItAgainInTheBrowser() {
        Person person = suspended();
        String user = realm.linked(alias, person).path(0).path("id").asText();
        realm.admin().put("/users/" + user + "/reset-password", Map.of("type", "password", "value", Pages.PASSWORD));
        realm.admin().delete("/users/" + user + "/federated-identity/" + alias);
        String username = realm.admin().user(user).path("username").asText();

        Tab browser = Chromium.newBrowser()
                .open(loginUrl() + "&kc_action=" + URLEncoder.encode("idp_link:" + alias, StandardCharsets.UTF_8))
                .types("#username", username)
                .types("#password", Pages.PASSWORD)
                .clicks("#kc-login")
                .clicks("#kc-continue")
                .clicks("button[value='" + person.id() + "']");

        assertThat(app.redeem(browser).status()).isEqualTo(200);
        assertThat(realm.link(user, alias)).isPresent();
        assertThat(app.plainRequest(alias, person).send().status()).isEqualTo(200);
    }

    /** The form is the last thing before a session; the provider's word comes in between. Whatever the app speaks, it gets no answer. */
    @ParameterizedTest
    @ValueSource(strings = {"sessions-revoked", "account-purged", "credential-compromise"})
    void loginThatWaitsOnAPageMeanwhileComesToNothing(String event) {
        Person person = Suite.newPerson();
        String user = app.login(alias, person);
        realm.admin().put("/users/" + user + "/reset-password", Map.of("type", "password", "value", "a good one"));
        realm.admin()
                .updateUser(user, account -> account.putArray("requiredActions").add("UPDATE_PROFILE"));
        Tab browser = signIn(person).has("#firstName");
        Tab continued = Chromium.newBrowser()
                .open(app.link(alias, person, "profile_incomplete"))
                .clicks("#kc-continue")
                .has("#firstName");

        told(person, event);

        browser.clicks("[type=submit]").sees("account has been updated");
        continued.clicks("[type=submit]").sees("account has been updated");
        assertThat(realm.admin().sessions(user)).isEmpty();
    }

    /** What was verified before the provider's word is not gone on with after it. */
    @Test
    void linkIntoTheBrowserFromBeforeTheSignalLeadsNowhere() {
        Person person = Suite.newPerson();
        String user = app.login(alias, person);
        realm.admin()
                .updateUser(user, account -> account.putArray("requiredActions").add("UPDATE_PROFILE"));
        Tab continued = Chromium.newBrowser().open(app.link(alias, person, "profile_incomplete"));

        told(person, "sessions-revoked");

        continued.clicks("#kc-continue").sees("cannot be used any more");
        assertThat(realm.admin().sessions(user)).isEmpty();
        assertThat(realm.admin()
                        .events("type=LOGIN_ERROR&max=1")
                        .path(0)
                        .path("error")
                        .asText())
                .isEqualTo("not_allowed");
    }

    private static void told(Person person, String event) {
        long now = Instant.now().getEpochSecond();
        Answer taken = SignalPost.post(realm, alias, SignalPost.token(person, RISC + event, now, claims -> {}));
        assertThat(taken.status()).as(taken.body()).isEqualTo(202);
    }
}
