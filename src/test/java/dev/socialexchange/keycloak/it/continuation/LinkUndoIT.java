package dev.socialexchange.keycloak.it.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner of an account hears of a new link by mail, and undoes it with nothing but that mail. */
class LinkUndoIT {
    private static final String NOTHING = "There is nothing to undo";
    private static final String READY_FLOW = "social exchange first login";

    private static Mailbox mailbox;
    private static OwnRealm realm;
    private static App app;
    private static String confirming;
    private static String linking;

    @BeforeAll
    static void createRealm() {
        mailbox = Mailbox.open();
        realm = OwnRealm.create(settings -> {
            Pages.inEnglishAndGerman(settings);
            settings.putPOJO("smtpServer", mailbox.settings());
        });
        app = App.of(realm, client -> client.put("directAccessGrantsEnabled", true));
        String flow = realm.flow("idp-detect-existing-broker-user", "idp-username-password-form");
        confirming = app.provider("acme", copy -> copy.put("firstBrokerLoginFlowAlias", flow));
        linking = app.provider("acme", copy -> copy.put("firstBrokerLoginFlowAlias", READY_FLOW));
    }

    @AfterAll
    static void closeMailbox() {
        mailbox.close();
    }

    /** A user, and what is linked to them by an exchange. */
    private record Linked(String user, String username, Person person, Answer tokens, String mail) {
        static Linked create() {
            Person person = Suite.newPerson();
            String name = Suite.unique("owner");
            String user = realm.user(name, person.email(), Pages::withPassword);
            Answer tokens = app.plainRequest(linking, person).send();
            assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
            return new Linked(user, name, person, tokens, mailbox.next(person.email()));
        }

        String link() {
            return Mailbox.link(mail);
        }

        void isLinked() {
            assertThat(realm.link(user, linking)).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void ownerWhoWasTalkedIntoALinkIsToldAndUndoesIt(String language) {
        String name = Suite.unique("carol");
        String address = name + "@example.org";
        String victim = realm.user(name, address, Pages::withPassword);
        Person attacker = Suite.providers()
                .people()
                .add(Person.unknown("Carol")
                        .withUsername(Suite.unique("mallory"))
                        .withEmail(address, false));
        Tab fooled = Chromium.newBrowser().open(app.link(confirming, attacker, "login_required"));
        fooled.clicks("#kc-continue").clicks("#linkAccount").types("#password", Pages.PASSWORD);
        Answer victims = app.redeem(fooled.clicks("#kc-login"));
        Answer attackers = app.plainRequest(confirming, attacker).send();
        TokenRequest forLong =
                realm.tokens().exchange(confirming).as(app.clientId()).scope("openid offline_access");
        Answer offline =
                Tokens.of(forLong, Suite.providers(), confirming, attacker).send();
        Answer own = password(name);
        assertThat(attackers.claims().path("sub").asText())
                .as("signed in as the victim")
                .isEqualTo(victim);
        assertThat(offline.status()).as(offline.body()).isEqualTo(200);

        String mail = mailbox.next(address);
        assertThat(mail).contains(attacker.username(), "The acme", "has been linked", "7 days");
        assertThat(body(mail)).as("apart from who it is for").doesNotContain(address);
        Tab browser = Chromium.newBrowser().open(Mailbox.link(mail));
        Pages.chooseLanguage(browser, language);
        browser.sees(attacker.username()).photographs("undo-" + language);
        assertThat(realm.link(victim, confirming)).as("looking does nothing").isPresent();
        browser.clicks("#kc-unlink")
                .sees(language.equals("en") ? "The link is removed" : "Die Verknüpfung ist entfernt")
                .photographs("undone-" + language);

        assertThat(realm.link(victim, confirming)).isEmpty();
        assertThat(refresh(attackers)).isEqualTo(400);
        assertThat(refresh(offline)).isEqualTo(400);
        assertThat(refresh(victims)).as("the session in which it was linked").isEqualTo(400);
        assertThat(refresh(own)).as("a session by password").isEqualTo(200);
        assertThat(app.plainRequest(confirming, attacker).send().text("error_reason"))
                .isEqualTo("login_required");
        JsonNode event = realm.admin()
                .events("type=REMOVE_FEDERATED_IDENTITY&user=" + victim)
                .path(0);
        assertThat(event.path("details").path("reason").asText()).isEqualTo("undone_by_mail");
        assertThat(event.path("details").path("identity_provider").asText()).isEqualTo(confirming);
        assertThat(event.path("details").path("identity_provider_identity").asText())
                .isEqualTo(attacker.username());
    }

    @Test
    void scannersThatFollowTheLinkUndoNothing() {
        Linked linked = Linked.create();

        HttpResponse<String> page = new Visitor().get(linked.link());
        new Visitor().head(linked.link());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        linked.isLinked();
    }

    @Test
    void linkInTheMailIsGoodOnce() {
        Linked linked = Linked.create();
        assertThat(post(linked.link()).body()).contains("The link is removed");
        assertThat(realm.link(linked.user(), linking)).isEmpty();
        assertThat(app.login(linking, linked.person())).as("linked once more").isEqualTo(linked.user());

        assertThat(post(linked.link()).body()).contains(NOTHING);
        assertThat(new Visitor().get(linked.link()).statusCode()).isEqualTo(400);

        linked.isLinked();
        assertThat(realm.admin()
                        .events("type=REMOVE_FEDERATED_IDENTITY_ERROR&max=1")
                        .path(0)
                        .path("error")
                        .asText())
                .isEqualTo("expired_code");
    }

    @Test
    void undoesNoLinkToAnotherAccountThanTheOneInTheMail() {
        Linked linked = Linked.create();
        String path = "/users/" + linked.user() + "/federated-identity/" + linking;
        realm.admin().delete(path);
        realm.admin()
                .post(path, Map.of("identityProvider", linking, "userId", Suite.unique("9"), "userName", "another"));

        assertThat(post(linked.link()).body()).contains(NOTHING);

        linked.isLinked();
    }

    @Test
    void undoesNothingWithAnotherTokenOfTheRealmOrInAnotherRealm() {
        Linked linked = Linked.create();
        String base = linked.link().replaceFirst("/unlink/.*", "/unlink/");
        String token = linked.link().substring(base.length());
        String other = token.substring(0, token.length() - 4) + "AAAA";

        for (String wrong : new String[] {
            linked.tokens().accessToken(),
            linked.tokens().refreshToken(),
            linked.tokens().text("id_token"),
            other,
            "x.y.z",
            "e30.e30.e30"
        }) {
            assertThat(post(base + wrong).body()).contains(NOTHING);
        }
        assertThat(post(linked.link().replace("/realms/" + realm.name(), "/realms/social"))
                        .body())
                .contains(NOTHING);

        linked.isLinked();
    }

    @Test
    void loginThatWaitsOnAPageMeanwhileComesToNothing() {
        Linked linked = Linked.create();
        realm.admin().updateUser(linked.user(), account -> account.putArray("requiredActions")
                .add("UPDATE_PROFILE"));
        Tab waiting = Chromium.newBrowser().open(app.link(linking, linked.person(), "profile_incomplete"));
        waiting.clicks("#kc-continue").has("#firstName");

        assertThat(post(linked.link()).body()).contains("The link is removed");
        waiting.clicks("[type=submit]");

        assertThat(app.redeem(waiting).status()).isEqualTo(400);
        assertThat(realm.admin().sessions(linked.user())).isEmpty();
    }

    @Test
    void ownerIsToldOfALinkThatAProofByMailHasAllowed() {
        String proving = app.provider("acme", copy -> copy.put("firstBrokerLoginFlowAlias", "first broker login"));
        Person person = Suite.newPerson();
        String user = realm.user(Suite.unique("owner"), person.email(), Pages::withPassword);
        Tab browser = Chromium.newBrowser().open(app.link(proving, person, "account_exists"));
        browser.clicks("#kc-continue").clicks("#linkAccount").sees("An email with instructions");
        Chromium.newBrowser()
                .open(Mailbox.link(mailbox.next(person.email())))
                .clicks("#kc-proceed")
                .sees("successfully verified");

        assertThat(app.login(proving, person))
                .as("by an exchange, in no browser")
                .isEqualTo(user);

        assertThat(mailbox.next(person.email())).contains("has been linked", "/unlink/");
    }

    /** Whoever has talked somebody into a link must not have their account deleted by it either. */
    @Test
    void requestToBeForgottenByTheUndoneAccountIsToldByMailAndClosedWithTheLink() {
        String telling = app.provider("acme", copy -> {
            copy.put("firstBrokerLoginFlowAlias", READY_FLOW);
            copy.withObject("/config")
                    .put("exchangeSignals", "enforce")
                    .put("exchangeSignalsGrace", "7")
                    .put("exchangeSignalsPolicy", "[{\"key\":\"account-disabled\",\"value\":\"request-deletion\"}]");
        });
        Person person = Suite.newPerson();
        String user = realm.user(Suite.unique("owner"), person.email(), Pages::withPassword);
        assertThat(app.login(telling, person)).isEqualTo(user);
        String undo = Mailbox.link(mailbox.next(person.email()));

        long happened = Instant.now().getEpochSecond();
        SignalPost.post(
                realm, telling, SignalPost.token(person, SignalPost.RISC + "account-disabled", happened, claims -> {}));

        assertThat(mailbox.next(person.email()))
                .contains("asked for your data to be deleted", "The acme", "If that was not you");
        JsonNode waiting = RealmAdmin.of(realm, "manage-users")
                .request("signals/deletions")
                .method("GET")
                .send()
                .json()
                .path(0);
        assertThat(waiting.path("user_id").asText()).isEqualTo(user);
        assertThat(waiting.path("linked").asBoolean()).isTrue();
        assertThat(waiting.path("due").asLong()).isGreaterThan(happened);
        String status = realm.server().url() + "/realms/" + realm.name() + "/social-exchange/deletion/"
                + waiting.path("code").asText();
        assertThat(new Visitor().get(status).body()).contains("your account here is deleted on");
        assertThat(post(undo).body()).contains("The link is removed");

        assertThat(new Visitor().get(status).body())
                .contains("was closed", "Nothing was deleted")
                .doesNotContain("is deleted on");
        JsonNode event = realm.admin()
                .events("type=REVOKE_GRANT&max=1&user=" + user)
                .path(0)
                .path("details");
        assertThat(event.path("outcome").asText()).isEqualTo("deletion_request_closed");
        assertThat(event.path("reason").asText()).isEqualTo("undone_by_mail");
        assertThat(event.path("identity_provider").asText()).isEqualTo(telling);
    }

    /** With sync mode FORCE the account's own address takes the place of the owner's, right after the link is written. */
    @Test
    void mailGoesToTheOwnerAndNotToTheAddressThatTheLinkBringsAlong() {
        String forcing = app.provider("acme", copy -> {
            copy.put(
                    "firstBrokerLoginFlowAlias",
                    realm.flow("idp-detect-existing-broker-user", "idp-username-password-form"));
            copy.withObject("/config").put("syncMode", "FORCE");
        });
        String name = Suite.unique("carol");
        String owners = name + "@example.org";
        String victim = realm.user(name, owners, Pages::withPassword);
        Person attacker = Suite.newPerson().withUsername(name);
        Tab fooled = Chromium.newBrowser().open(app.link(forcing, attacker, "username_taken"));

        fooled.clicks("#kc-continue").clicks("#linkAccount").types("#password", Pages.PASSWORD);
        app.redeem(fooled.clicks("#kc-login"));

        assertThat(realm.admin().user(victim).path("email").asText())
                .as("as it is set up")
                .isEqualTo(attacker.email());
        assertThat(mailbox.next(owners)).contains("has been linked", "/unlink/");
        assertThat(mailbox.recipients()).contains(owners).doesNotContain(attacker.email());
    }

    private static HttpResponse<String> post(String link) {
        return new Visitor().post(link, Map.of("unlink", "true"));
    }

    private static Answer password(String username) {
        Answer answer = realm.tokens()
                .password(username, Pages.PASSWORD)
                .as(app.clientId())
                .scope("openid")
                .send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static int refresh(Answer tokens) {
        return realm.tokens()
                .refresh(tokens.refreshToken())
                .as(app.clientId())
                .send()
                .status();
    }

    /** Without its header. */
    private static String body(String mail) {
        return mail.substring(mail.indexOf("\n\n"));
    }
}
