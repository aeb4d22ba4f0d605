package dev.socialexchange.keycloak.it.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody known who has something to do in a browser first: what the provider says of them has arrived before, as in a browser. */
class KnownPersonIT {
    private static final String ROLE = "ada-only";

    private static OwnRealm realm;
    private static App app;

    private final Person person = Suite.newPerson().withName("Ada", "Lovelace");
    private String alias;
    private String user;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(settings ->
                settings.withObject("/roles").withArray("/realm").addObject().put("name", ROLE));
        app = App.of(realm);
        realm.admin()
                .post(
                        "/clients/" + realm.admin().clientUuid(app.clientId()) + "/protocol-mappers/models",
                        Map.of(
                                "name", "note",
                                "protocol", "openid-connect",
                                "protocolMapper", "oidc-usersessionmodel-note-mapper",
                                "config",
                                        Map.of(
                                                "user.session.note", "called",
                                                "claim.name", "called",
                                                "jsonType.label", "String",
                                                "access.token.claim", "true")));
    }

    @BeforeEach
    void logInOnceAndHaveSomethingToDo() {
        alias = app.provider("acme", copy -> copy.withObject("/config").put("syncMode", "FORCE"));
        mapper("oidc-role-idp-mapper", Map.of("claim", "given_name", "claim.value", "Ada", "role", ROLE));
        mapper(
                "hardcoded-user-session-attribute-idp-mapper",
                Map.of("attribute", "called", "attribute.value", "by her name"));
        user = app.login(alias, person);
        assertThat(hasRole()).isTrue();
        realm.admin().updateUser(user, KnownPersonIT::hasToReviewTheProfile);
    }

    @Test
    void rightThatTheProviderHasWithdrawnIsGoneAlthoughTheLoginStops() {
        Person renamed = person.withName("Augusta", "King");

        app.link(alias, renamed, "profile_incomplete");

        assertThat(hasRole()).isFalse();
        assertThat(realm.admin().user(user).path("firstName").asText()).isEqualTo("Augusta");
    }

    @Test
    void notesOfMappersReachTheSessionThatTheBrowserBegins() {
        Tab browser = Chromium.newBrowser().open(app.link(alias, person, "profile_incomplete"));

        browser.clicks("#kc-continue").has("#kc-update-profile-form").clicks("[type=submit]");
        Answer tokens = app.redeem(browser);

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.claims().path("sub").asText()).isEqualTo(user);
        assertThat(tokens.claims().path("called").asText()).isEqualTo("by her name");
    }

    private void mapper(String type, Map<String, String> settings) {
        realm.mapper(alias, type, "INHERIT", settings);
    }

    private static void hasToReviewTheProfile(ObjectNode account) {
        account.putArray("requiredActions").add("UPDATE_PROFILE");
    }

    private boolean hasRole() {
        return realm.admin()
                .get("/users/" + user + "/role-mappings/realm")
                .toString()
                .contains('"' + ROLE + '"');
    }
}
