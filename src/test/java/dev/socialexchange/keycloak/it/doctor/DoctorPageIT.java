package dev.socialexchange.keycloak.it.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.it.support.TabWatch;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The doctor's page, with everything that an administrator does there. */
@OlderKeycloakOnDemand
class DoctorPageIT {
    private static final int PHONE = 390;
    private static final int DESKTOP = 1200;
    private static final String MARKUP =
            "<img src=x onerror=document.title='broken'><script>document.title='broken'</script>";

    private final DoctorRealm doctor = DoctorRealm.create();
    private final OwnRealm realm = doctor.realm();

    @Test
    void fromOpeningThePageToTheStepThatRefusesInFiveClicks() {
        Person person = Suite.newPerson();
        String token = Suite.providers().acme().idToken(Provider.FOREIGN_CLIENT, person);
        String administrator = doctor.administrator(DoctorRealm.LOOK, DoctorRealm.MANAGE, DoctorRealm.PEOPLE);
        int users = realm.admin().countUsers();
        Tab browser = Chromium.newBrowser().isWide(DESKTOP);
        TabWatch watch = browser.watched();

        doctor.signIn(browser, administrator); // two
        browser.sees("Identity providers").photographs("doctor-providers-en-light");
        browser.presses("[data-alias='acme'] .do-try") // three
                .writes("#field-subject_token", token)
                .presses(".do-send"); // four

        browser.sees("Refused: token_for_another_app").sees("Token exchange: further client IDs");
        browser.photographs("doctor-refused-en-light").photographs("doctor-refused", ".result", ".result");
        assertThat(browser.json(
                        "[...document.querySelectorAll('.results details[open] .title')].map(one => one.innerText)"))
                .extracting(JsonNode::asText)
                .containsExactly("App that the token is for");
        assertThat(browser.evaluate("document.activeElement.innerText")).startsWith("Refused");
        assertThat(watch.requests())
                .isNotEmpty()
                .allMatch(url -> url.startsWith(realm.server().url() + "/"));
        assertThat(watch.complaints()).isEmpty();
        assertThat(realm.admin().countUsers()).isEqualTo(users);
        assertThat(realm.linked("acme", person)).isEmpty();
    }

    @Test
    void fromOpeningThePageToWhatTheCheckFindsInThreeClicks() {
        realm.admin().configureIdentityProvider("google", Map.of("clientSecret", "of another app"));
        String administrator = doctor.administrator(DoctorRealm.LOOK, DoctorRealm.MANAGE);
        Tab browser = Chromium.newBrowser().isWide(DESKTOP);
        TabWatch watch = browser.watched();

        doctor.signIn(browser, administrator); // two
        browser.presses("[data-alias='google'] .do-check"); // three

        browser.sees("Something is wrong").has(".results [data-step='credentials'] details[open]");
        assertThat(browser.evaluate("document.querySelector('[data-step=credentials] aside').innerText"))
                .contains("What to do", "The provider does not take this client ID with this secret.");
        assertThat(browser.evaluate("document.activeElement.innerText")).contains("Something is wrong");
        browser.photographs("doctor-check-en-light").photographs("doctor-check", ".result", ".result");
        assertThat(watch.requests())
                .allMatch(url -> url.startsWith(realm.server().url() + "/"));
        assertThat(watch.complaints()).isEmpty();
    }

    private static String goodToken(Person person) {
        return Suite.providers().acme().idToken(Suite.providers().acme().clientId(), person);
    }

    @Test
    void tokenThatIsGoodShowsTheClaimsThatWouldBeIssued() {
        Person person = Suite.newPerson();
        Tab browser = Chromium.newBrowser().isWide(DESKTOP);
        doctor.signIn(browser, doctor.administrator(DoctorRealm.LOOK, DoctorRealm.PEOPLE));

        browser.presses("[data-alias='acme'] .do-try")
                .writes("#field-subject_token", goodToken(person))
                .presses(".do-send")
                .sees("Tokens would be issued")
                .sees("A user would be created.");

        browser.presses(".claims summary").sees(person.email()).photographs("doctor-tokens");
        assertThat(realm.linked("acme", person)).isEmpty();
    }

    @Test
    void whoMaySeeNobodySeesNobody() {
        Person person = Suite.newPerson();
        Tab browser = Chromium.newBrowser();
        doctor.signIn(browser, doctor.administrator(DoctorRealm.LOOK));

        browser.presses("[data-alias='acme'] .do-try")
                .sees("Who somebody is stays hidden")
                .writes("#field-subject_token", goodToken(person))
                .presses(".do-send")
                .sees("Tokens would be issued");

        assertThat(browser.evaluate("document.documentElement.textContent"))
                .doesNotContain(person.email())
                .doesNotContain(person.username());
    }

    @Test
    void whoLacksThePermissionIsToldWhichRoleIsMissing() {
        Tab browser = Chromium.newBrowser();
        String username = doctor.administrator(DoctorRealm.PEOPLE);
        doctor.signIn(browser, username);

        browser.sees("Your account may not do this")
                .sees("The login of %s lacks the role %s of the client realm-management"
                        .formatted(username, DoctorRealm.LOOK))
                .photographs("doctor-forbidden");
    }

    @Test
    void whoMayOnlyLookIsToldWhatACheckNeeds() {
        Tab browser = Chromium.newBrowser();
        String username = doctor.administrator(DoctorRealm.LOOK);
        doctor.signIn(browser, username);

        browser.presses("[data-alias='acme'] .do-check")
                .sees("The login of %s lacks the role %s".formatted(username, DoctorRealm.MANAGE));
    }

    @Test
    void codeOfARealSignInAtTheProviderIsTriedAndUsedUp() {
        Person person = Suite.newPerson();
        Tab browser = Chromium.newBrowser().isWide(DESKTOP);
        TabWatch watch = browser.watched();
        doctor.signIn(browser, doctor.administrator(DoctorRealm.LOOK, DoctorRealm.MANAGE, DoctorRealm.PEOPLE));
        browser.presses("[data-alias='acme'] .do-try")
                .presses(".by-sign-in summary")
                .sees(doctor.url() + "/returned")
                .presses(".do-sign-in")
                .sees("Ready.")
                .photographs("doctor-sign-in");

        Tab provider = browser.presses(".sign-in a").opened();
        provider.clicks("button[value='" + person.id() + "']");

        browser.sees("Tokens would be issued").sees("Redeeming the code");
        assertThat(realm.linked("acme", person)).isEmpty();
        assertThat(watch.complaints()).isEmpty();
        assertThat(browser.evaluate("JSON.stringify([localStorage, sessionStorage])"))
                .as("tokens, codes and verifiers are in memory only")
                .doesNotContain("eyJ", "code", "verifier");
    }

    @Test
    void answerThatNobodyWaitsForIsNotTried() {
        Tab browser = Chromium.newBrowser();
        TabWatch watch = browser.watched();
        doctor.signIn(browser, doctor.administrator(DoctorRealm.LOOK, DoctorRealm.MANAGE));
        browser.presses("[data-alias='acme'] .do-try")
                .presses(".by-sign-in summary")
                .presses(".do-sign-in")
                .sees("Ready.");

        browser.evaluate(
                "window.channel = new BroadcastChannel('social-exchange-doctor ' + document.body.dataset.realm);"
                        + " channel.onmessage = ({data}) => document.body.dataset.heard = data.state;"
                        + " window.open(document.body.dataset.page + '/returned?code=stolen&state=forged'); ''");
        browser.has("body[data-heard='forged']");

        assertThat(browser.text()).contains("Ready.").doesNotContain("Refused");
        assertThat(watch.requests()).noneMatch(url -> url.endsWith("/dry-run"));
    }

    @Test
    void markupInNamesAndAnswersStaysText() {
        realm.admin().updateIdentityProvider("acme", provider -> provider.put("displayName", MARKUP));
        String administrator = doctor.administrator(DoctorRealm.LOOK, DoctorRealm.MANAGE, DoctorRealm.PEOPLE);
        Map<String, Object> step = Map.of(
                "name", MARKUP,
                "title", MARKUP,
                "verdict", "refused",
                "expected", MARKUP,
                "found", MARKUP,
                "setting", Map.of("key", MARKUP, "label", MARKUP),
                "advice", MARKUP,
                "took_ms", 3,
                "calls", List.of(Map.of("host", MARKUP, "outcome", MARKUP, "took_ms", 2)));
        Tab browser = Chromium.newBrowser();
        TabWatch watch = browser.watched()
                .answers("/acme/check", Map.of("alias", MARKUP, "verdict", "refused", "steps", List.of(step, step)));

        doctor.signIn(browser, administrator);
        browser.sees(MARKUP).presses("[data-alias='acme'] .do-check").sees("What to do");

        assertThat(browser.json("document.querySelectorAll('main img, main script').length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("document.title")).startsWith(MARKUP);
        assertThat(browser.json("[...document.querySelectorAll('.results dd, .results .host, .results aside p')]"
                                + ".filter(one => one.textContent.includes('<img')).length")
                        .asInt())
                .isEqualTo(12);
        assertThat(watch.complaints()).isEmpty();
        assertThat(watch.requests())
                .allMatch(url -> url.startsWith(realm.server().url() + "/"));
    }

    @Test
    void policyStopsWhatAScriptWouldMakeOfText() {
        Tab browser = Chromium.newBrowser().open(doctor.url()).has("#sign-in");

        assertThat(browser.evaluate("(() => { try { document.body.innerHTML = '<b>no</b>'; return 'made'; }"
                        + " catch (refused) { return refused.name; } })()"))
                .isEqualTo("TypeError");
    }

    @Test
    void speaksGermanInTheDarkOnAPhone() {
        String administrator = doctor.administrator(DoctorRealm.LOOK, DoctorRealm.MANAGE, DoctorRealm.PEOPLE);
        String token = Suite.providers().acme().idToken(Provider.FOREIGN_CLIENT, Suite.newPerson());
        Tab browser = Chromium.newBrowser().isWide(PHONE).prefersDark();
        browser.open(doctor.url() + "?ui_locales=fr%20de").sees("Warum schlägt ein Austausch fehl?");
        assertThat(browser.evaluate("document.documentElement.lang")).isEqualTo("de");
        browser.photographs("doctor-welcome-de-dark-phone");

        browser.presses(".languages [value='en']").sees("Why does an exchange fail?");
        browser.presses(".languages [value='de']").sees("Warum schlägt ein Austausch fehl?");
        doctor.signIn(browser, administrator);
        browser.sees("Nimmt an").photographs("doctor-providers-de-dark-phone");
        browser.presses("[data-alias='acme'] .do-try")
                .writes("#field-subject_token", token)
                .presses(".do-send")
                .sees("Abgelehnt: token_for_another_app")
                .sees("Was zu tun ist")
                .photographs("doctor-refused-de-dark-phone");

        assertThat(browser.json("document.documentElement.scrollWidth").asInt())
                .as("nothing is wider than the screen")
                .isLessThanOrEqualTo(PHONE);
        browser.isWide(DESKTOP)
                .photographs("doctor-refused-de-dark")
                .photographs("doctor-refused-de", ".result", ".result");
    }

    @Test
    void everythingHasANameForAScreenReaderAndTheKeyboardReachesIt() {
        Tab browser = Chromium.newBrowser().isWide(DESKTOP);
        doctor.signIn(browser, doctor.administrator(DoctorRealm.LOOK, DoctorRealm.MANAGE, DoctorRealm.PEOPLE));
        browser.presses("[data-alias='acme'] .do-try").has("#field-subject_token");

        assertThat(browser.names("textbox"))
                .contains("Token, code or data", "Nonce")
                .allMatch(name -> !name.isBlank());
        assertThat(browser.names("button")).contains("Check", "Try", "Sign out").allMatch(name -> !name.isBlank());
        assertThat(browser.names("combobox")).contains("Client", "Kind of token");
        assertThat(browser.names("main")).hasSize(1);
        assertThat(browser.names("banner")).hasSize(1);
        assertThat(browser.names("status")).hasSize(1);
        browser.presses(".do-send").sees("Enter this: Token, code or data");
        assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("field-subject_token");

        browser.evaluate("document.activeElement.blur(); document.getElementById('skip').focus(); ''");
        browser.photographs("doctor-form");
        for (int pressed = 0; pressed < 3; pressed++) {
            browser.pressesTab();
        }
        assertThat(browser.evaluate("document.activeElement.value")).isEqualTo("de");
    }

    @Test
    void loginThatHasEndedIsSaidAndSignsInAgain() {
        String username = doctor.administrator(DoctorRealm.LOOK, DoctorRealm.MANAGE);
        Tab browser = Chromium.newBrowser();
        doctor.signIn(browser, username);
        browser.presses("[data-alias='acme'] .do-try").has("#field-subject_token");

        realm.admin()
                .post(
                        "/users/"
                                + realm.admin()
                                        .userByUsername(username)
                                        .orElseThrow()
                                        .path("id")
                                        .asText() + "/logout",
                        Map.of());
        browser.presses("h2#check + p ~ .do-check").sees("Your login has ended").has(".results .primary");
    }

    @Test
    void signsOut() {
        Tab browser = Chromium.newBrowser();
        doctor.signIn(browser, doctor.administrator(DoctorRealm.LOOK));
        browser.sees("Identity providers").presses("#account button");

        browser.sees("Why does an exchange fail?").has("#sign-in");
        assertThat(browser.url()).isEqualTo(doctor.url());
    }
}
