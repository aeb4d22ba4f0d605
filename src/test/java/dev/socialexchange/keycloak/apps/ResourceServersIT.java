package dev.socialexchange.keycloak.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an exchange has brought opens the APIs that it is meant for, and no others. */
@WithOneKeycloak
class ResourceServersIT {
    private static final String AUDIENCE = "things-api";

    private static OwnRealm realm;
    private static App app;
    private static App stranger;

    @BeforeAll
    static void setUp() {
        realm = OwnRealm.create();
        realm.admin().createClient(Map.of("clientId", AUDIENCE, "standardFlowEnabled", false));
        String role = "/clients/" + realm.admin().clientUuid(AUDIENCE) + "/roles";
        realm.admin().post(role, Map.of("name", "editor"));
        realm.admin()
                .post(
                        "/roles/default-roles-" + realm.name() + "/composites",
                        List.of(realm.admin().get(role + "/editor")));
        app = App.of(realm, ResourceServersIT::mayUseTheApi);
        stranger = App.of(realm, client -> client.put("fullScopeAllowed", false));
    }

    @Test
    void springTakesTheTokenThatIsMeantForIt() {
        try (ResourceServer server = ResourceServer.spring(issuer(), AUDIENCE)) {
            assertTakesWhatIsMeantForIt(server);
        }
    }

    @Test
    void djangoTakesTheTokenThatIsMeantForIt() {
        try (ResourceServer server = ResourceServer.django(issuer(), AUDIENCE)) {
            assertTakesWhatIsMeantForIt(server);
        }
    }

    private static void assertTakesWhatIsMeantForIt(ResourceServer server) {
        Answer tokens = login(app);
        String anothers = login(stranger).accessToken();

        Answer known = server.get("/me", tokens.accessToken()).send();
        assertThat(known.status()).as(known.body()).isEqualTo(200);
        assertThat(known.body()).contains("editor");
        assertThat(server.get("/things", tokens.accessToken()).send().status()).isEqualTo(200);
        assertThat(server.get("/me", tokens.text("id_token")).send().status()).isEqualTo(401);
        assertThat(server.get("/me", tokens.text("refresh_token")).send().status())
                .isEqualTo(401);
        assertThat(server.get("/me", anothers).send().status()).isEqualTo(401);
    }

    private static Answer login(App app) {
        Answer answer =
                app.plainRequest(app.provider("google"), Suite.newPerson()).send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static String issuer() {
        return realm.server().url() + "/realms/" + realm.name();
    }

    private static void mayUseTheApi(ObjectNode client) {
        ArrayNode mappers = client.putArray("protocolMappers");
        mappers.addObject()
                .put("name", "audience")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-audience-mapper")
                .putObject("config")
                .put("included.client.audience", AUDIENCE)
                .put("access.token.claim", "true");
    }
}
