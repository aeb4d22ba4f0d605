package dev.socialexchange.keycloak.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.MobileRealm;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every recipe for an app has to do. */
abstract class MobileRecipe {
    static MobileRealm realm;

    final Person person = Suite.newPerson();
    MobileApp app;

    /** The command that starts the recipe's app, but for the arguments. */
    abstract List<String> program();

    @BeforeEach
    void start() {
        if (realm == null) {
            realm = MobileRealm.create();
        }
        app = appOf(realm);
    }

    @AfterEach
    void end() {
        app.close();
    }

    @Test
    void tokenThatRunsOutIsRefreshed() {
        JsonNode signedIn = app.exchange(realm.subject(person));

        JsonNode first = app.accessTokens();
        JsonNode second = app.accessTokens();

        assertThat(signedIn.path("tokens").asText()).isNotEmpty();
        assertThat(first.path("one").asText())
                .isNotEmpty()
                .isNotEqualTo(signedIn.path("tokens").asText());
        assertThat(second.path("one").asText())
                .isNotEmpty()
                .isNotEqualTo(first.path("one").asText());
    }

    @Test
    void tokenThatLastsIsUsedAsItIs() {
        MobileRealm patient = MobileRealm.patient();
        try (MobileApp its = appOf(patient)) {
            JsonNode signedIn = its.exchange(patient.subject(person));

            assertThat(its.accessTokens().path("one")).isEqualTo(signedIn.path("tokens"));
        }
    }

    @Test
    void whoseSessionIsOverSignsInAgain() {
        app.exchange(realm.subject(person));
        assertThat(app.accessTokens().path("one").asText()).isNotEmpty();

        realm.endSessions(person);

        assertThat(app.accessTokens().path("one").isNull()).isTrue();
    }

    @Test
    void existingAccountIsLinkedInABrowser() {
        String account = realm.account(person);
        JsonNode needed = app.exchange(realm.subject(person));

        JsonNode signedIn = app.redeem(realm.links(needed.path("link").asText()));

        assertThat(needed.path("reason").asText()).isEqualTo("login_required");
        assertThat(signedIn.path("tokens").asText()).as(signedIn.toString()).isNotEmpty();
        assertThat(app.accessTokens().path("one").asText()).isNotEmpty();
        assertThat(realm.linkedUser(person)).isEqualTo(account);
        assertThat(app.exchange(realm.subject(person)).path("tokens").asText()).isNotEmpty();
    }

    @Test
    void whoTurnsBackComesToTheAppsOwnScheme() {
        String scheme = "com.example.app:/signed-in";
        App own =
                App.of(realm.realm(), client -> client.putArray("redirectUris").add(scheme));
        realm.account(person);
        try (MobileApp its = new MobileApp(program(), realm.url().toString(), own.clientId(), scheme)) {
            JsonNode needed = its.exchange(realm.subject(own.provider("google"), person));

            String back = MobileRealm.turnsBack(needed.path("link").asText());

            assertThat(back).startsWith(scheme);
            assertThat(its.redeem(back).path("refused").asText()).isEqualTo("access_denied");
        }
    }

    @Test
    void anotherLoginsAnswerIsNotRedeemed() {
        realm.account(person);
        app.exchange(realm.subject(person));

        JsonNode refused = app.redeem(realm.app().redirectUri() + "?state=another&code=of-somebody-else");

        assertThat(refused.path("refused").asText()).isEqualTo("state_mismatch");
    }

    @Test
    void withoutALinkTheRealmsLoginLeadsToTheProvider() {
        App unlinked = App.of(realm.realm());
        String alias = unlinked.provider("google");
        realm.account(person);
        try (MobileApp its =
                new MobileApp(program(), realm.url().toString(), unlinked.clientId(), "https://not-yet.example/")) {
            JsonNode needed = its.exchange(realm.subject(alias, person));
            realm.realm().admin().updateClient(unlinked.clientId(), client -> client.withArray("/redirectUris")
                    .add("https://not-yet.example/"));

            var page = new Visitor().get(needed.path("link").asText());

            assertThat(page.headers().firstValue("Location").orElse(page.body()))
                    .contains("/broker/" + alias + "/login");
        }
    }

    /** A plus in a form is a space, unless it is encoded. */
    @Test
    void whatTheSdkGaveArrivesAsItWas() {
        String nonce = "a+b c&d=e%20é";
        Google google = Suite.providers().google();
        String token = google.idToken(google.clientId(), person, claims -> claims.put("nonce", nonce));
        Map<String, String> subject = new HashMap<>(MobileRealm.subject(realm.provider(), token, TokenType.ID_TOKEN));
        subject.put("nonce", nonce);

        assertThat(app.exchange(subject).path("tokens").asText()).isNotEmpty();
    }

    @Test
    void buttonsAndTheNonceForThemComeFromTheRealm() {
        MobileRealm own = MobileRealm.create();
        String alias =
                own.app().provider("google", copy -> copy.withObject("/config").put("exchangeNonce", "issued"));
        Google google = Suite.providers().google();
        try (MobileApp its = appOf(own)) {
            JsonNode issued = its.does("nonce");
            String token = google.idToken(
                    google.clientId(),
                    person,
                    claims -> claims.put("nonce", issued.path("providerNonce").asText()));
            Map<String, String> subject = new HashMap<>(MobileRealm.subject(alias, token, TokenType.ID_TOKEN));
            subject.put("nonce", issued.path("nonce").asText());

            assertThat(its.does("providers").path("aliases").toString()).contains(alias);
            assertThat(its.exchange(subject).path("tokens").asText()).isNotEmpty();
        }
    }

    @Test
    void furtherAccountIsLinkedToWhoIsSignedIn() {
        String token = Suite.providers()
                .github()
                .accessToken(Suite.providers().github().clientId(), person);
        String github = realm.app().provider("github");
        app.exchange(realm.subject(person));

        JsonNode linked = app.link(MobileRealm.subject(github, token, TokenType.ACCESS_TOKEN));

        assertThat(linked.path("created").asBoolean()).as(linked.toString()).isTrue();
        assertThat(realm.realm().linked(github, person).path(0).path("id").asText())
                .isEqualTo(realm.linkedUser(person));
    }

    @Test
    void whoSignsOutHasNoSessionInTheRealm() {
        app.exchange(realm.subject(person));
        String user = realm.linkedUser(person);
        assertThat(realm.realm().admin().sessions(user)).hasSize(1);

        app.does("signOut");

        assertThat(app.accessTokens().path("one").isNull()).isTrue();
        assertThat(realm.realm().admin().sessions(user)).isEmpty();
    }

    @Test
    void refusalHasItsStableReason() {
        String foreign = Suite.providers().google().idToken("another-app", person);

        JsonNode refused = app.exchange(MobileRealm.subject(realm.provider(), foreign, TokenType.ID_TOKEN));

        assertThat(refused.path("refused").asText()).isEqualTo("invalid_request");
        assertThat(refused.path("reason").asText()).isEqualTo("token_for_another_app");
        assertThat(refused.path("description").asText()).isNotBlank();
    }

    @Test
    void providerInTroubleIsAskedLater() {
        String token = Suite.providers()
                .github()
                .accessToken(Suite.providers().github().clientId(), person);
        ProviderEndpoint.profile("github")
                .fault(Suite.providers(), Fault.status(502).forToken(token));

        JsonNode answer =
                app.exchange(MobileRealm.subject(realm.app().provider("github"), token, TokenType.ACCESS_TOKEN));

        assertThat(answer.path("later").asInt()).isPositive();
    }

    /** A refresh may be throttled by a proxy as well: nobody is signed out by that. */
    @Test
    void whoIsThrottledIsToldToComeLater() {
        MobileRealm own = MobileRealm.create();
        String alias =
                own.app().provider("google", copy -> copy.withObject("/config").put("exchangeThrottle", "2"));
        try (MobileApp throttled = appOf(own)) {
            JsonNode answer = null;
            for (int i = 0; i < 4; i++) {
                answer = throttled.exchange(MobileRealm.subject(alias, "no-token-" + i, TokenType.ID_TOKEN));
            }

            assertThat(answer.path("later").asInt()).as(answer.toString()).isPositive();
        }
    }

    MobileApp appOf(MobileRealm realm) {
        return new MobileApp(
                program(),
                realm.url().toString(),
                realm.app().clientId(),
                realm.app().redirectUri());
    }
}
