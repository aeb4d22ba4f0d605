package dev.socialexchange.keycloak.it.doctor;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server shows of a provider's set-up; what the providers' answers mean is tested without one. */
@OlderKeycloakOnDemand
class CheckIT {
    private static OwnRealm realm;
    private static App app;
    private static RealmAdmin admin;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        app = App.of(realm);
        admin = RealmAdmin.of(realm, "manage-identity-providers", "view-identity-providers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "github", "facebook"})
    void nothingIsWrongWithAProviderThatIsSetUpRightly(String like) {
        String alias = app.provider(like);

        Answer told =
                admin.request("providers/" + alias + "/check").method("POST").send();

        assertThat(told.status()).as(told.body()).isEqualTo(200);
        assertThat(told.json().path("verdict").asText()).as(told.body()).isEqualTo("ok");
        assertThat(told.json().path("type").asText()).isEqualTo(like);
        assertThat(steps(told, "verdict")).containsOnly("ok", "skipped");
        assertThat(steps(told, "name"))
                .contains("enabled", "open", "clients", "secret", "first_login_flow", "reach", "credentials");
        assertThat(step(told, "redirect_uri").path("expected").asText())
                .isEqualTo(realm.server().url() + "/realms/" + realm.name() + "/broker/" + alias + "/endpoint");
        assertThat(step(told, "credentials").path("calls")).isNotEmpty();
        assertThat(told.body()).doesNotContain(like + "-secret");
    }

    @Test
    void wrongSecretIsRefusedWithTheSettingAndWhatToDo() {
        String alias =
                app.provider("google", copy -> copy.withObject("/config").put("clientSecret", "a-secret-of-yesterday"));

        Answer told = admin.request("providers/" + alias + "/check")
                .method("POST")
                .header("Accept-Language", "de")
                .send();

        JsonNode step = step(told, "credentials");
        assertThat(told.json().path("verdict").asText()).isEqualTo("refused");
        assertThat(step.path("verdict").asText()).isEqualTo("refused");
        assertThat(step.path("found").asText()).isEqualTo("invalid_client");
        assertThat(step.at("/setting/key").asText()).isEqualTo("clientSecret");
        assertThat(step.path("title").asText()).isEqualTo("Kennt der Anbieter diese App?");
        assertThat(step.path("advice").asText()).contains("Secret neu ein");
        assertThat(told.body()).doesNotContain("a-secret-of-yesterday");
    }

    @Test
    void flowInWhichEverybodyMeetsAMailStepIsFoundAndKeycloaksOwnIsNot() {
        String flow = realm.flow("idp-create-user-if-unique", "idp-email-verification");
        String alias = app.provider("google", copy -> copy.put("firstBrokerLoginFlowAlias", flow));

        JsonNode step = step(check(alias), "first_login_flow");

        assertThat(step.path("verdict").asText()).isEqualTo("warning");
        assertThat(step.path("found").asText()).isEqualTo("idp-email-verification");
        assertThat(step(check(app.provider("google")), "first_login_flow")
                        .path("verdict")
                        .asText())
                .isEqualTo("ok");
        assertThat(step(check(app.provider("github")), "first_login_flow")
                        .path("found")
                        .asText())
                .as("the ready flow")
                .isEqualTo("social exchange first login");
    }

    @Test
    void hostThatTurnsConnectionsAwayIsToldApart() {
        String alias = app.provider("acme", copy -> copy.withObject("/config")
                .put("jwksUrl", "http://localhost:9/jwks")
                .put("tokenUrl", "http://localhost:9/token"));

        Answer told = check(alias);

        JsonNode step = StreamSupport.stream(told.json().path("steps").spliterator(), false)
                .filter(one -> one.path("name").asText().equals("reach"))
                .filter(one -> one.path("found").asText().equals("localhost:9: refused"))
                .findFirst()
                .orElseThrow();
        assertThat(step.path("verdict").asText()).isEqualTo("refused");
        assertThat(step.path("advice").asText()).contains("turns the connection away");
        assertThat(step(told, "keys").path("verdict").asText()).isEqualTo("unknown");
        assertThat(step(told, "credentials").path("verdict").asText()).isEqualTo("unknown");
    }

    @Test
    void certificateOfNobodyWhomTheServerTrustsIsToldApart() {
        String alias = app.provider("acme", copy -> copy.withObject("/config")
                .put("jwksUrl", Suite.providers().url().replace("http:", "https:")));

        assertThat(step(check(alias), "keys").path("verdict").asText()).isEqualTo("unknown");
    }

    @Test
    void settingsThatNobodyValidatedAreNamed() {
        String alias = app.provider("acme", copy -> copy.put("enabled", false).put("linkOnly", true));

        Answer told = check(alias);

        assertThat(step(told, "enabled").path("verdict").asText()).isEqualTo("refused");
        assertThat(step(told, "link_only").path("verdict").asText()).isEqualTo("warning");
    }

    @Test
    void unknownAliasIsNotFound() {
        assertThat(admin.request("providers/nothing/check")
                        .method("POST")
                        .send()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void listTellsWhatCameOfEachProvidersExchangesOnThisNode() {
        String alias = app.provider("acme");
        String foreign = ProviderTokens.openId("acme").idToken("another-app", Suite.newPerson());
        long begun = System.currentTimeMillis() / 1000;
        assertThat(listed(alias).has("last_success")).isFalse();

        assertTokens(app.plainRequest(alias, Suite.newPerson()).send());
        realm.request(app.clientId(), alias, TokenType.ID_TOKEN, foreign).send();

        JsonNode listed = listed(alias);
        assertThat(listed.path("last_success").asLong()).isGreaterThanOrEqualTo(begun);
        assertThat(listed.at("/last_refusals/token_for_another_app/count").asInt())
                .isEqualTo(1);
        assertThat(listed.path("open").asBoolean()).isTrue();
        assertThat(listed.path("clients").get(0).asText()).isEqualTo(app.clientId());
        assertThat(listed.path("token_kinds").toString()).contains("id_token", "authorization_code");
        assertThat(listed.path("proof").asText()).isEqualTo("call");
        assertThat(listed.path("warnings")).isEmpty();
        assertThat(listed.path("display_name").asText()).isEqualTo("The acme");
    }

    @Test
    void listWarnsOfWhatItsSettingsShow() {
        String alias = app.provider("acme", copy -> copy.put("linkOnly", true));
        String closed =
                realm.provider("acme", copy -> copy.withObject("/config").put("exchangeClients", ""));

        assertThat(listed(alias).path("warnings").get(0).path("name").asText()).isEqualTo("link_only");
        assertThat(listed(closed).path("open").asBoolean()).isFalse();
        assertThat(listed(closed).path("warnings").get(0).path("name").asText()).isEqualTo("open");
    }

    @Test
    void egressNamesTheHostsOfEnabledProvidersInThreeForms() {
        String alias = app.provider(
                "acme", copy -> copy.withObject("/config").put("tokenUrl", "https://login.example:8443/token"));
        app.provider("acme", copy -> copy.put("enabled", false)
                .withObject("/config")
                .put("tokenUrl", "https://disabled.example/token"));

        Answer json = admin.request("egress").method("GET").send();
        Answer yaml = admin.request("egress")
                .method("GET")
                .header("Accept", "application/yaml")
                .send();
        Answer text = admin.request("egress")
                .method("GET")
                .header("Accept", "text/plain")
                .send();

        JsonNode host = StreamSupport.stream(json.json().path("hosts").spliterator(), false)
                .filter(one -> one.path("host").asText().equals("login.example"))
                .findFirst()
                .orElseThrow();
        assertThat(host.path("port").asInt()).isEqualTo(8443);
        assertThat(host.path("paths").toString()).isEqualTo("[\"/token\"]");
        assertThat(host.path("used_for").toString()).isEqualTo("[\"tokens\"]");
        assertThat(host.path("providers").toString()).isEqualTo("[\"" + alias + "\"]");
        assertThat(yaml.body()).contains("kind: NetworkPolicy", "port: 8443", "#   login.example (" + alias + ")");
        assertThat(text.body().lines()).contains("login.example").doesNotContain("disabled.example");
        assertThat(json.body() + yaml.body()).doesNotContain("disabled.example");
    }

    @Test
    void checksAreAdminEvents() {
        realm.admin().updateRealm(rep -> rep.put("adminEventsEnabled", true));
        String alias = app.provider("github");

        check(alias);

        assertThat(realm.admin().get("/admin-events?operationTypes=ACTION").toString())
                .contains("social-exchange/providers/" + alias + "/check");
    }

    private static Answer check(String alias) {
        Answer told =
                admin.request("providers/" + alias + "/check").method("POST").send();
        assertThat(told.status()).as(told.body()).isEqualTo(200);
        return told;
    }

    private static JsonNode listed(String alias) {
        Answer list = admin.request("providers").method("GET").send();
        assertThat(list.status()).as(list.body()).isEqualTo(200);
        return StreamSupport.stream(list.json().spliterator(), false)
                .filter(one -> one.path("alias").asText().equals(alias))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode step(Answer told, String name) {
        return StreamSupport.stream(told.json().path("steps").spliterator(), false)
                .filter(step -> step.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + told.body()));
    }

    private static List<String> steps(Answer told, String member) {
        return StreamSupport.stream(told.json().path("steps").spliterator(), false)
                .map(step -> step.path(member).asText())
                .toList();
    }
}
