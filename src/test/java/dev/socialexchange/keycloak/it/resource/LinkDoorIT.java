package dev.socialexchange.keycloak.it.resource;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links a provider's account to the signed-in user; lists and unlinks by Keycloak's account API. */
class LinkDoorIT {
    private static Mailbox mailbox;
    private static OwnRealm realm;
    private static Doors doors;
    private static App app;
    private static String acme;
    private static String partner;

    private Person person;
    private String accessToken;
    private String userId;

    @BeforeAll
    static void createRealm() {
        mailbox = Mailbox.open();
        realm = OwnRealm.create(settings -> mailbox.settings().forEach(settings.withObject("/smtpServer")::put));
        doors = new Doors(realm);
        app = App.of(realm);
        acme = app.provider("acme");
        partner = app.provider("partner");
    }

    @AfterAll
    static void closeMailbox() {
        mailbox.close();
    }

    @BeforeEach
    void signIn() {
        person = Suite.newPerson();
        Answer answer = app.plainRequest(acme, person).send();
        accessToken = answer.accessToken();
        userId = answer.claims().path("sub").asText();
    }

    @Test
    void linkedAccountSignsTheSameUserIn() {
        Person elsewhere = Suite.newPerson();

        Answer answer = link(partner, elsewhere).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("link_created").asBoolean()).isTrue();
        assertThat(answer.text("alias")).isEqualTo(partner);
        assertThat(app.login(partner, elsewhere)).isEqualTo(userId);
    }

    @Test
    void ownerIsToldByMailAndAnEventIsKept() {
        link(partner, Suite.newPerson()).send();

        assertThat(mailbox.next(person.email())).contains("The partner");
        JsonNode event = realm.admin()
                .events("type=FEDERATED_IDENTITY_LINK&user=" + userId + "&max=1")
                .path(0);
        assertThat(event.path("clientId").asText()).isEqualTo(app.clientId());
        assertThat(event.path("details").path("identity_provider").asText()).isEqualTo(partner);
        assertThat(event.path("details").path("proof").asText()).isEqualTo("jwks");
    }

    /** With sync mode FORCE the account's own address takes the place of the owner's, right after the link is written. */
    @Test
    void ownerIsToldAtTheAddressFromBeforeTheLink() {
        String forcing =
                app.provider("partner", copy -> copy.withObject("/config").put("syncMode", "FORCE"));
        Person thief = Suite.newPerson();

        link(forcing, thief).send();

        assertThat(realm.admin().user(userId).path("email").asText())
                .as("as it is set up")
                .isEqualTo(thief.email());
        assertThat(mailbox.next(person.email())).contains("The partner");
        assertThat(mailbox.recipients()).contains(person.email()).doesNotContain(thief.email());
    }

    @Test
    void linkingTwiceIsLinkingOnce() {
        Person elsewhere = Suite.newPerson();
        link(partner, elsewhere).send();

        Answer again = link(partner, elsewhere).send();

        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.json().path("link_created").asBoolean()).isFalse();
        assertThat(realm.linked(partner, elsewhere)).hasSize(1);
    }

    @Test
    void refusesAccountOfSomebodyElseWithoutTellingWhose() {
        Person elsewhere = Suite.newPerson();
        app.login(partner, elsewhere);

        Answer answer = link(partner, elsewhere).send();

        assertRefused(answer, 409, "access_denied", "linked_to_another_user");
        assertThat(answer.body()).doesNotContain(elsewhere.email()).doesNotContain(elsewhere.id());
        assertThat(realm.link(userId, partner)).isEmpty();
        assertThat(lastError()).startsWith("linked_to_another_user");
    }

    @Test
    void refusesSecondAccountOfOneProvider() {
        Person first = Suite.newPerson();
        Person second = Suite.newPerson();
        link(partner, first).send();

        assertRefused(link(partner, second).send(), 409, "access_denied", "another_account_linked");
        assertThat(realm.linked(partner, first)).hasSize(1);
        assertThat(realm.linked(partner, second)).isEmpty();
    }

    @Test
    void refusesTokenMintedForAnotherApp() {
        Person elsewhere = Suite.newPerson();
        TokenRequest request = doors.link(partner, accessToken)
                .type("urn:ietf:params:oauth:token-type:id_token")
                .subjectToken(Suite.providers().partner().idToken("another-app", elsewhere));

        assertRefused(request.send(), 400, "invalid_request", "token_for_another_app");
        assertThat(realm.linked(partner, elsewhere)).isEmpty();
    }

    @Test
    void linksByProviderThatSignsNobodyIn() {
        String linkOnly = app.provider("partner", copy -> copy.put("linkOnly", true));

        assertThat(link(linkOnly, Suite.newPerson()).send().status()).isEqualTo(200);
    }

    @Test
    void refusesRequestWithoutGoodAccessToken() {
        Person elsewhere = Suite.newPerson();

        for (String bad : new String[] {"no.jwt.atall", accessToken.substring(0, accessToken.length() - 4) + "AAAA"}) {
            Answer answer = Tokens.of(doors.link(partner, bad), Suite.providers(), "partner", elsewhere)
                    .send();
            assertRefused(answer, 401, "invalid_token", "access_token_invalid");
            assertThat(answer.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        }
        realm.admin().updateUser(userId, user -> user.put("enabled", false));
        assertRefused(link(partner, elsewhere).send(), 401, "invalid_token", "access_token_invalid");
        assertThat(realm.linked(partner, elsewhere)).isEmpty();
    }

    @Test
    void refusesAccessTokenWithoutTheRole() {
        App narrow = App.of(realm, client -> client.put("fullScopeAllowed", false));
        String provider = narrow.provider("partner");
        String own = narrow.plainRequest(narrow.provider("acme"), Suite.newPerson())
                .send()
                .accessToken();
        Person elsewhere = Suite.newPerson();

        Answer answer = Tokens.of(doors.link(provider, own), Suite.providers(), "partner", elsewhere)
                .send();

        assertRefused(answer, 403, "insufficient_scope", "role_missing");
        assertThat(realm.linked(provider, elsewhere)).isEmpty();
    }

    @Test
    void refusesClientThatTheProviderIsNotOpenFor() {
        String foreign = App.of(realm).provider("partner");

        assertRefused(link(foreign, Suite.newPerson()).send(), 403, "access_denied", "client_not_allowed");
        assertRefused(link("nobody", Suite.newPerson()).send(), 400, "invalid_request", "provider_unknown");
    }

    @Test
    void refusesLoginThatIsTooOld() throws InterruptedException {
        String strict =
                app.provider("partner", copy -> copy.withObject("/config").put("exchangeLinkMaxAuthAge", "1"));
        Person elsewhere = Suite.newPerson();
        Thread.sleep(2100); // the subject is time

        Answer answer = link(strict, elsewhere).send();

        assertRefused(answer, 401, "insufficient_user_authentication", "login_too_old");
        assertThat(answer.header("WWW-Authenticate").orElse("")).contains("insufficient_user_authentication");
        assertThat(realm.linked(strict, elsewhere)).isEmpty();
    }

    @Test
    void refusesTokenThatDoesNotTellWhenItsUserSignedIn() {
        String own = app.plainRequest(acme, person)
                .requested("urn:ietf:params:oauth:token-type:access_token")
                .send()
                .accessToken();
        Person elsewhere = Suite.newPerson();

        Answer answer = Tokens.of(doors.link(partner, own), Suite.providers(), "partner", elsewhere)
                .send();

        assertRefused(answer, 401, "insufficient_user_authentication", "login_too_old");
        assertThat(realm.linked(partner, elsewhere)).isEmpty();
    }

    @Test
    void refusesServiceAccount() {
        App service = App.of(realm, client -> client.put("publicClient", false)
                .put("serviceAccountsEnabled", true)
                .put("secret", "service-secret"));
        String provider = service.provider("partner");
        String own = realm.tokens()
                .clientCredentials()
                .as(service.clientId(), "service-secret")
                .send()
                .accessToken();
        Person elsewhere = Suite.newPerson();

        Answer answer = Tokens.of(doors.link(provider, own), Suite.providers(), "partner", elsewhere)
                .send();

        assertRefused(answer, 403, "access_denied", "account_unavailable");
        assertThat(realm.linked(provider, elsewhere)).isEmpty();
    }

    @Test
    void refusesUserWhomAnOrganizationManages() {
        OwnRealm managed = OwnRealm.create(settings -> settings.put("organizationsEnabled", true));
        App member = App.of(managed);
        String home = member.provider("acme");
        String provider = member.provider("partner");
        managed.organization(home);
        String own = member.plainRequest(home, Suite.newPerson()).send().accessToken();
        Person elsewhere = Suite.newPerson();

        Answer answer = Tokens.of(new Doors(managed).link(provider, own), Suite.providers(), "partner", elsewhere)
                .send();

        assertRefused(answer, 403, "access_denied", "linking_not_allowed");
        assertThat(managed.linked(provider, elsewhere)).isEmpty();
    }

    @Test
    void refusesWhatTheTokenEndpointWouldRefuse() {
        TokenRequest request = link(partner, Suite.newPerson());

        assertRefused(doors.link(partner, accessToken).send(), 400, "invalid_request", "parameter_missing");
        assertRefused(
                request.param("nonce", "x").param("nonce", "y").send(), 400, "invalid_request", "parameter_invalid");
    }

    @Test
    void oneOfTwoUsersGetsAnAccountThatBothWantAtOnce() {
        Person elsewhere = Suite.newPerson();
        String other = app.plainRequest(acme, Suite.newPerson()).send().accessToken();

        List<Answer> answers = List.of(accessToken, other).stream()
                .map(own -> Tokens.of(doors.link(partner, own), Suite.providers(), "partner", elsewhere))
                .map(TokenRequest::sendAsync)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
        assertThat(realm.linked(partner, elsewhere)).hasSize(1);
    }

    @Test
    void accountApiListsAndUnlinks() {
        Person elsewhere = Suite.newPerson();
        link(partner, elsewhere).send();

        JsonNode linked =
                doors.account("GET", "linked-accounts?linked=true", accessToken).json();
        Answer unlinked = doors.account("DELETE", "linked-accounts/" + partner, accessToken);

        assertThat(linked.findValuesAsText("providerAlias")).containsExactlyInAnyOrder(acme, partner);
        assertThat(unlinked.status()).as(unlinked.body()).isEqualTo(204);
        assertThat(realm.linked(partner, elsewhere)).isEmpty();
    }

    private TokenRequest link(String alias, Person account) {
        return Tokens.of(doors.link(alias, accessToken), Suite.providers(), "partner", account);
    }

    private static String lastError() {
        return realm.admin()
                .events("type=FEDERATED_IDENTITY_LINK_ERROR&max=1")
                .path(0)
                .path("details")
                .path("reason")
                .asText();
    }
}
