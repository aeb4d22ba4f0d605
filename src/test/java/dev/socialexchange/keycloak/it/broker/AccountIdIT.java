package dev.socialexchange.keycloak.it.broker;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An external account is one user's or nobody's: by its id, and only by an id. */
class AccountIdIT {
    private static final String PLACEHOLDER_OF_NOTHING = "${CLAIM.absent}";

    private static OwnRealm realm;
    private static Doors doors;
    private static App app;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        doors = new Doors(realm);
        app = App.of(realm);
    }

    /** A mapper writes the id, as Keycloak's own "Username Template Importer" can. */
    private static String providerWithId(String like, String template) {
        String alias = app.provider(like, copy -> copy.withObject("/config").put("exchangeClients", clients()));
        withId(alias, template);
        return alias;
    }

    private static void withId(String alias, String template) {
        realm.mapper(alias, "oidc-username-idp-mapper", "INHERIT", Map.of("template", template, "target", "BROKER_ID"));
    }

    private static String clients() {
        return app.clientId() + "##" + Suite.SPA;
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "acme", "partner", "github", "facebook"})
    void blankIdIsNeverLinked(String like) {
        String alias = providerWithId(like, PLACEHOLDER_OF_NOTHING);
        for (Person person : List.of(Suite.newPerson(), Suite.newPerson())) {
            OwnRealm.Traces before = realm.traces();
            Answer answer = app.request(alias, person).send();

            realm.assertRefused(answer, 403, "access_denied", "account_id_unusable", before, List.of(alias + "/"));
            assertThat(answer.text("interaction_uri")).isEmpty();
            assertThat(realm.admin().userByUsername(person.username())).isEmpty();
            assertThat(lastEvent("TOKEN_EXCHANGE_ERROR")
                            .path("details")
                            .path("reason")
                            .asText())
                    .isEqualTo("account_id_unusable: id_blank");
        }
    }

    /** Keycloak (26.7) would make a user of the first and log the second one in as the first. */
    @Test
    void blankIdIsNeverLinkedByABrowserLogin() {
        String alias = providerWithId("acme", PLACEHOLDER_OF_NOTHING);
        for (Person person : List.of(Suite.newPerson(), Suite.newPerson())) {
            OwnRealm.Traces before = realm.traces();

            assertThatThrownBy(() -> signInWithBrowser(alias, person))
                    .hasMessageContaining("403")
                    .hasMessageContaining("no id by which you could be recognised");

            assertThat(realm.traces()).isEqualTo(before);
            assertThat(realm.admin().userByUsername(person.username())).isEmpty();
            JsonNode event = lastEvent("IDENTITY_PROVIDER_LOGIN_ERROR");
            assertThat(event.path("details").path("identity_provider").asText()).isEqualTo(alias);
            assertThat(event.path("details").path("reason").asText()).isEqualTo("account_id_unusable: id_blank");
        }
    }

    /** Of the provider's own making, in the place of a mapper's: it is no fault of the provider's that nobody can be told about. */
    @Test
    void idThatCannotBeStoredIsToldByABrowserLoginToo() {
        String alias = app.described("discord", provider -> {});
        Person person = Suite.newPerson();
        OwnRealm.Traces before = realm.traces();
        Suite.providers().fault("discord.com", "/api/users/@me", Fault.altered(profile -> {
            profile.put("id", "1".repeat(256));
            return profile;
        }));
        try {
            assertThatThrownBy(() -> signInWithBrowser(alias, person))
                    .hasMessageContaining("403")
                    .hasMessageContaining("no id by which you could be recognised");
        } finally {
            Suite.providers().clearFaults();
        }

        JsonNode event = lastEvent("IDENTITY_PROVIDER_LOGIN_ERROR");
        assertThat(event.path("details").path("identity_provider").asText()).isEqualTo(alias);
        assertThat(event.path("details").path("reason").asText()).isEqualTo("account_id_unusable: id_not_storable");
        assertThat(realm.traces()).isEqualTo(before);
    }

    /** What was linked before the rule opens nothing any more. */
    @Test
    void aLinkByABlankIdThatIsThereAlreadyOpensNothing() {
        String alias = providerWithId("acme", PLACEHOLDER_OF_NOTHING);
        String victim = localUser();
        link(victim, alias, " ");

        assertRefused(app.plainRequest(alias, Suite.newPerson()).send(), 403, "access_denied", "account_id_unusable");
        assertThatThrownBy(() -> signInWithBrowser(alias, Suite.newPerson())).hasMessageContaining("403");
        assertThat(realm.admin().sessions(victim)).isEmpty();
    }

    @Test
    void anIdThatAMapperMakesOfAClaimIsTheKey() {
        String alias = providerWithId("acme", "mapped-${CLAIM.sub}");
        Person person = Suite.newPerson();

        String byExchange = app.login(alias, person);
        Answer byBrowser = signInWithBrowser(alias, person);

        assertThat(byBrowser.claims().path("sub").asText()).isEqualTo(byExchange);
        assertThat(realm.admin().usersByLink(alias, "mapped-" + person.id())).hasSize(1);
    }

    /** Only Keycloak finds the link, after it has begun to bring the user up to date. */
    @Test
    void suspendedLinkThatOnlyAMapperLeadsToIsAnsweredAsEveryOther() {
        String alias = app.provider(
                "acme",
                copy -> copy.withObject("/config").put("syncMode", "FORCE").put("exchangeSignals", "enforce"));
        withId(alias, "9${CLAIM.sub}");
        Person person = Suite.newPerson();
        String user = app.login(alias, person.withName("Before", "Example"));
        long now = Instant.now().getEpochSecond();
        String signal = SignalPost.token(
                person.withId("9" + person.id()), SignalPost.RISC + "credential-compromise", now, claims -> {});
        assertThat(SignalPost.post(realm, alias, signal).status()).isEqualTo(202);
        OwnRealm.Traces before = realm.traces();

        assertThatThrownBy(() -> signInWithBrowser(alias, person))
                .hasMessageContaining("/social-exchange/suspended/")
                .hasMessageContaining("does not sign you in for now");

        JsonNode event = lastEvent("IDENTITY_PROVIDER_LOGIN_ERROR");
        assertThat(event.path("error").asText()).isEqualTo("not_allowed");
        assertThat(event.path("userId").asText()).isEqualTo(user);
        assertThat(event.path("details").path("reason").asText()).isEqualTo("link_suspended");
        assertThat(realm.admin().user(user).path("firstName").asText()).isEqualTo("Before");
        assertThat(realm.traces()).isEqualTo(before);
    }

    @Test
    void accountThatTwoUsersHaveIsRefusedEverywhereAndTheTokenStaysGood() {
        String alias = app.provider("acme", copy -> copy.withObject("/config").put("exchangeClients", clients()));
        Person person = Suite.newPerson();
        List<String> owners = List.of(localUser(), localUser());
        owners.forEach(owner -> link(owner, alias, person.id()));
        OwnRealm.Traces before = realm.traces();
        String idToken = Suite.providers().acme().idToken("acme-client", person);

        Answer answer = exchange(alias, idToken);

        realm.assertRefused(answer, 403, "access_denied", "account_ambiguous", before, List.of());
        JsonNode event = lastEvent("TOKEN_EXCHANGE_ERROR");
        assertThat(event.path("details").path("identity_provider").asText()).isEqualTo(alias);
        assertThat(event.path("details").path("reason").asText()).isEqualTo("account_ambiguous: several_users_linked");
        owners.forEach(
                owner -> assertThat(answer.body() + event.path("details")).doesNotContain(owner));
        assertThatThrownBy(() -> signInWithBrowser(alias, person))
                .hasMessageContaining("403")
                .hasMessageContaining("Several users here are linked to this account");
        assertThat(lastEvent("IDENTITY_PROVIDER_LOGIN_ERROR")
                        .path("details")
                        .path("reason")
                        .asText())
                .isEqualTo("account_ambiguous: several_users_linked");
        assertThat(realm.traces()).isEqualTo(before);

        realm.admin().delete("/users/" + owners.get(0) + "/federated-identity/" + alias);
        Answer afterwards = exchange(alias, idToken);
        assertThat(afterwards.claims().path("sub").asText())
                .as(afterwards.body())
                .isEqualTo(owners.get(1));
    }

    @Test
    void accountThatTwoUsersHaveIsLinkedToNoThird() {
        String alias = app.provider("partner");
        String signedIn =
                app.plainRequest(app.provider("acme"), Suite.newPerson()).send().accessToken();
        Person elsewhere = Suite.newPerson();
        List.of(localUser(), localUser()).forEach(owner -> link(owner, alias, elsewhere.id()));

        Answer answer = Tokens.of(doors.link(alias, signedIn), Suite.providers(), "partner", elsewhere)
                .send();

        assertRefused(answer, 403, "access_denied", "account_ambiguous");
        assertThat(realm.linked(alias, elsewhere)).hasSize(2);
        assertThat(lastEvent("FEDERATED_IDENTITY_LINK_ERROR")
                        .path("details")
                        .path("reason")
                        .asText())
                .isEqualTo("account_ambiguous: several_users_linked");
    }

    @Test
    void accountThatTwoUsersGetMeanwhileIsNotContinuedWith() {
        String alias = app.provider("acme");
        Person person = Suite.newPerson().withoutEmail();
        String link = app.link(alias, person, "profile_incomplete");
        Visitor visitor = new Visitor();
        HttpResponse<String> before = visitor.get(link);
        List.of(localUser(), localUser()).forEach(owner -> link(owner, alias, person.id()));

        HttpResponse<String> page = visitor.get(link);
        HttpResponse<String> goOn = visitor.post(link, Visitor.form(before));

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("cannot be used any more");
        assertThat(goOn.statusCode()).isEqualTo(400);
        assertThat(lastEvent("LOGIN_ERROR").path("error").asText()).isEqualTo("not_allowed");
    }

    private static Answer exchange(String alias, String idToken) {
        return realm.tokens()
                .exchange(alias)
                .as(app.clientId())
                .scope("openid")
                .type(TokenType.ID_TOKEN)
                .subjectToken(idToken)
                .send();
    }

    private static Answer signInWithBrowser(String alias, Person person) {
        return new BrowserLogin(realm.tokens(), Suite.providers().url()).signIn(Suite.SPA, alias, person.id());
    }

    private static String localUser() {
        String name = Suite.unique("local");
        return realm.user(name, name + "@example.org", user -> {});
    }

    private static void link(String user, String alias, String subject) {
        realm.admin()
                .post(
                        "/users/" + user + "/federated-identity/" + alias,
                        Map.of("identityProvider", alias, "userId", subject, "userName", "linked by hand"));
    }

    private static JsonNode lastEvent(String type) {
        return StreamSupport.stream(
                        realm.admin().events("type=" + type + "&max=1").spliterator(), false)
                .findFirst()
                .orElseThrow();
    }
}
