package dev.socialexchange.keycloak.it.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody exchanges the token of an account of their own, in which they have entered a victim's address without verifying it,
 * and sends the link in the answer to the victim.
 */
class HandOverIT {
    private static final String NO_CONFIRMATION = "idp-detect-existing-broker-user";

    private static Mailbox mailbox;
    private static OwnRealm realm;
    private static App app;
    private static Discord discord;

    @BeforeAll
    static void createRealm() {
        mailbox = Mailbox.open();
        realm = OwnRealm.create(settings -> {
            Pages.inEnglishAndGerman(settings);
            settings.putPOJO("smtpServer", mailbox.settings());
        });
        app = App.of(realm, client -> client.putArray("webOrigins").add("+"));
        discord = Discord.of(app);
    }

    @AfterAll
    static void closeMailbox() {
        mailbox.close();
    }

    /** @param id of the user here */
    private record Victim(String id, String username, String address) {
        static Victim create() {
            String name = Suite.unique("carol");
            String address = name + "@example.org";
            return new Victim(realm.user(name, address, Pages::withPassword), name, address);
        }

        /** The account at the provider of somebody who claims this victim's address. */
        Person attacker() {
            return Suite.providers()
                    .people()
                    .add(Person.unknown("Carol")
                            .withUsername(Suite.unique("mallory"))
                            .withEmail(address, false));
        }

        void isUntouched(Person attacker) {
            assertThat(realm.linked(discord.alias(), attacker)).isEmpty();
            assertThat(realm.admin().federatedIdentities(id)).isEmpty();
            assertThat(realm.admin().sessions(id)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void accountIsNamedByItsOwnNameAndNotByTheAddressThatNobodyVouchesFor(String language) {
        Victim victim = Victim.create();
        Person attacker = victim.attacker();

        Tab browser = Chromium.newBrowser().open(discord.link(attacker));
        Pages.chooseLanguage(browser, language);

        browser.sees(attacker.username())
                .sees("Discord")
                .sees("The App")
                .sees(language.equals("en") ? "it may be somebody else's" : "Es kann ein fremdes sein")
                .sees(
                        language.equals("en")
                                ? "will be able to sign in as you"
                                : "kann sich dieses Konto ab dann als Sie")
                .photographs("hand-over-1-" + language);
        assertThat(browser.text()).doesNotContain("@example.org").doesNotContain("carol");

        browser.clicks("#kc-continue").has("#linkAccount");
        browser.sees(attacker.username())
                .sees("Discord")
                .sees("The App")
                .sees(language.equals("en") ? "it may be somebody else's" : "Es kann ein fremdes sein")
                .sees(
                        language.equals("en")
                                ? "will be able to sign in as you"
                                : "kann sich dieses Konto ab dann als Sie")
                .photographs("hand-over-2-" + language);
        assertThat(browser.text()).doesNotContain("@example.org").doesNotContain("carol");

        browser.clicks("#kc-not-mine")
                .sees(language.equals("en") ? "Nothing was linked" : "Es wurde nichts verknüpft")
                .photographs("hand-over-not-mine-" + language);
        victim.isUntouched(attacker);
    }

    @Test
    void victimWhoSaysThatItIsNotTheirsEndsTheLoginBeforeAnythingIsProven() {
        Victim victim = Victim.create();
        Person attacker = victim.attacker();
        String link = discord.link(attacker);
        Tab browser = Chromium.newBrowser().open(link);
        browser.clicks("#kc-continue").has("#linkAccount");
        String page = browser.url();

        browser.clicks("#kc-not-mine").sees("Nothing was linked");

        JsonNode event = realm.admin().events("type=LOGIN_ERROR&max=1").path(0);
        assertThat(event.path("error").asText()).isEqualTo("account_not_mine");
        assertThat(event.path("userId").asText()).isEqualTo(victim.id());
        assertThat(event.path("details").path("identity_provider").asText()).isEqualTo(discord.alias());
        assertThat(event.path("details").path("identity_provider_identity").asText())
                .isEqualTo(attacker.username());
        browser.open(page);
        assertThat(browser.text()).doesNotContain("Link it").doesNotContain("Password");
        Chromium.newBrowser().open(link).sees("has been used already");
        victim.isUntouched(attacker);
    }

    @Test
    void victimWhoSaysAtOnceThatItIsNotTheirsUsesTheLinkUp() {
        Victim victim = Victim.create();
        Person attacker = victim.attacker();
        String link = discord.link(attacker);

        Tab browser = Chromium.newBrowser().open(link).clicks("#kc-not-mine").sees("Nothing was linked");

        assertThat(browser.url()).as("not where the sender wants it").doesNotStartWith(app.redirectUri());
        JsonNode event = realm.admin().events("type=LOGIN_ERROR&max=1").path(0);
        assertThat(event.path("error").asText()).isEqualTo("account_not_mine");
        assertThat(event.path("clientId").asText()).isEqualTo(app.clientId());
        Chromium.newBrowser().open(link).sees("has been used already");
        victim.isUntouched(attacker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"idp-username-password-form", "idp-email-verification"})
    void flowThatProvesAnAccountWithoutConfirmationAsksAllTheSame(String proof) {
        Discord unconfirmed = Discord.withFirstFlow(app, realm.flow(NO_CONFIRMATION, proof));
        Victim victim = Victim.create();
        Person attacker = victim.attacker();

        Tab browser = Chromium.newBrowser().open(unconfirmed.link(attacker));
        browser.clicks("#kc-continue").has("#linkAccount").sees(attacker.username());
        assertThat(browser.text()).doesNotContain("@example.org");
        browser.clicks("#linkAccount");

        if (proof.equals("idp-email-verification")) {
            browser.sees("An email with instructions").sees(attacker.username());
            mailbox.next(victim.address());
        } else {
            browser.has("#password").sees("Authenticate to link your account");
        }
        assertThat(realm.linked(unconfirmed.alias(), attacker)).isEmpty();
    }

    @Test
    void accountThatAppearsOnlyWhenTheProfileIsReviewedIsAskedAbout() {
        Victim victim = Victim.create();
        Person attacker = Suite.providers().people().add(victim.attacker().withEmail(null, false));
        Tab browser = Chromium.newBrowser().open(discord.link(attacker, "profile_incomplete"));

        browser.clicks("#kc-continue").types("#email", victim.address()).clicks("[type=submit]");

        browser.has("#linkAccount").sees(attacker.username()).sees("will be able to sign in as you");
        browser.clicks("#updateProfile").has("#email");
        browser.types("#email", Suite.unique("other") + "@example.org").clicks("[type=submit]");
        assertThat(app.redeem(browser).status()).isEqualTo(200);
        assertThat(realm.admin().federatedIdentities(victim.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void whoeverReadsTheMailSeesWhichAccountIsLinked(String language) {
        Victim victim = Victim.create();
        Person attacker = victim.attacker();
        Tab attackers = Chromium.newBrowser().open(discord.link(attacker));
        attackers.clicks("#kc-continue").clicks("#linkAccount").sees("An email with instructions");
        String message = mailbox.next(victim.address());
        assertThat(message).contains("account of user " + attacker.username());
        String link = Mailbox.link(message);

        Tab victims = Chromium.newBrowser().open(link);
        Pages.chooseLanguage(victims, language);
        victims.has("#kc-proceed")
                .sees(attacker.username())
                .sees("The App")
                .sees(language.equals("en") ? "it may be somebody else's" : "Es kann ein fremdes sein")
                .sees(
                        language.equals("en")
                                ? "will be able to sign in as you"
                                : "kann sich dieses Konto ab dann als Sie")
                .photographs("hand-over-mail-" + language);
        assertThat(victims.text()).doesNotContain("@example.org");
        victims.clicks("#kc-not-mine").sees(language.equals("en") ? "Nothing was linked" : "Es wurde nichts verknüpft");

        JsonNode event = realm.admin().events("type=LOGIN_ERROR&max=1").path(0);
        assertThat(event.path("error").asText()).isEqualTo("account_not_mine");
        Tab again = Chromium.newBrowser().open(link);
        assertThat(again.text()).doesNotContain(attacker.username());
        attackers.open(attackers.url());
        assertThat(attackers.text()).doesNotContain("An email with instructions");
        discord.assertAsksForBrowser(attacker);
        victim.isUntouched(attacker);
    }

    @Test
    void mailsAnswerStillLinks() {
        Victim owner = Victim.create();
        Person person = owner.attacker();
        Tab browser = Chromium.newBrowser().open(discord.link(person));
        browser.clicks("#kc-continue").clicks("#linkAccount").sees("An email with instructions");
        Chromium.newBrowser()
                .open(Mailbox.link(mailbox.next(owner.address())))
                .clicks("#kc-proceed")
                .sees("successfully verified");

        browser.evaluate("location.reload(); ''");

        assertThat(app.redeem(browser).claims().path("sub").asText()).isEqualTo(owner.id());
        assertThat(mailbox.next(owner.address())).contains("has been linked", person.username());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none"})
    void senderDoesNotChooseALanguageThatTheReaderMayNotUnderstand(String site) {
        String link = discord.link(Victim.create().attacker());

        HttpResponse<String> page = new Visitor().with("Sec-Fetch-Site", site).get(link + "?kc_locale=de");

        assertThat(page.body()).contains("Continue as").doesNotContain("Weiter als");
        assertThat(page.headers().allValues("Set-Cookie").toString()).doesNotContain("KEYCLOAK_LOCALE");
    }

    @Test
    void namesOfOtherPeoplesChoiceAreTextAndNothingElse() {
        Person attacker = Suite.providers()
                .people()
                .add(Person.unknown("Carol").withUsername("<b>${realmName}</b>").withEmail(null, false));

        Tab browser = Chromium.newBrowser().open(discord.link(attacker, "profile_incomplete"));

        browser.sees("<b>$ {realmname}</b>");
        assertThat(browser.evaluate("String(document.querySelectorAll('main b, .pf-v5-c-login b').length)"))
                .isEqualTo("0");
    }

    @Test
    void linkOfAFormClientOpensOnlyFromThePageOfTheApp() {
        Discord bound = Discord.of(app, Map.of("exchangeFormClients", app.clientId()));
        Victim victim = Victim.create();
        Person attacker = victim.attacker();
        String link = bound.link(attacker);

        Tab victims = Chromium.newBrowser().open(link);
        victims.sees("only opens from the app").photographs("hand-over-elsewhere");
        assertThat(victims.text()).doesNotContain(attacker.username());
        Visitor foreign = new Visitor().with("Origin", "https://evil.example");
        assertThat(foreign.post(link, Map.of()).statusCode()).isEqualTo(400);
        assertThat(foreign.post(link, Map.of("token", "A".repeat(43))).body()).doesNotContain(attacker.username());

        Tab own = Chromium.newBrowser().open(app.redirectUri());
        Pages.postsForm(own, link);
        own.sees(attacker.username()).photographs("hand-over-arrived");
        assertThat(own.text()).doesNotContain("If somebody has sent you this link");
        Pages.chooseLanguage(own, "de");
        own.sees("Weiter als").clicks("#kc-continue").has("#linkAccount");
    }

    @Test
    void formOfTheAppsPageOpensTheLinkOfAnyClient() {
        Person person = Victim.create().attacker();
        Tab browser = Chromium.newBrowser().open(app.redirectUri());

        Pages.postsForm(browser, discord.link(person));

        browser.sees(person.username());
        assertThat(browser.text()).doesNotContain("If somebody has sent you this link");
        browser.clicks("#kc-continue").has("#linkAccount");
    }

    /** Discord, open for an app. */
    private record Discord(App app, String alias) {
        static Discord of(App app) {
            return of(app, Map.of());
        }

        static Discord of(App app, Map<String, String> settings) {
            return new Discord(
                    app, app.described("discord", copy -> settings.forEach(copy.withObject("/config")::put)));
        }

        static Discord withFirstFlow(App app, String flow) {
            return new Discord(app, app.described("discord", copy -> copy.put("firstBrokerLoginFlowAlias", flow)));
        }

        String link(Person person) {
            return link(person, "login_required");
        }

        String link(Person person, String reason) {
            return app.link(alias, person, reason);
        }

        void assertAsksForBrowser(Person person) {
            assertThat(app.plainRequest(alias, person).send().text("error_reason"))
                    .isEqualTo("login_required");
        }
    }
}
