package dev.socialexchange.keycloak.it.resource;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RawRequest;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a front end draws its buttons from. */
class ProvidersDoorIT {
    private static OwnRealm realm;
    private static Doors doors;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        doors = new Doors(realm);
    }

    @Test
    void tellsAllThatTheProvidersSdkNeeds() {
        App app = App.of(realm);
        String google = app.provider("google", copy -> copy.withObject("/config")
                .put("exchangeNonce", "issued")
                .put("exchangeTokenTypes", "id_token"));

        JsonNode button = providers(app).get(0);

        assertThat(button.path("alias").asText()).isEqualTo(google);
        assertThat(button.path("type").asText()).isEqualTo("google");
        assertThat(button.path("display_name").asText()).isEqualTo("The google");
        assertThat(button.path("client_id").asText()).isEqualTo("google-client.apps.googleusercontent.com");
        assertThat(button.path("subject_token_types")).hasSize(1);
        assertThat(button.path("subject_token_types").get(0).asText())
                .isEqualTo("urn:ietf:params:oauth:token-type:id_token");
        assertThat(button.path("nonce").asText()).isEqualTo("issued");
        assertThat(button.path("link_only").asBoolean()).isFalse();
        assertThat(button.toString()).doesNotContain("secret");
    }

    @Test
    void listsOnlyWhatIsOpenForTheClient() {
        App app = App.of(realm);
        String open = app.provider("acme");
        app.provider("acme", copy -> copy.put("enabled", false));
        App.of(realm).provider("acme");

        assertThat(aliases(app)).containsExactly(open);
    }

    @Test
    void keepsTheOrderOfTheLoginPage() {
        App app = App.of(realm);
        String unordered = app.provider("acme");
        String second = app.provider("acme", copy -> copy.withObject("/config").put("guiOrder", "20"));
        String first = app.provider("acme", copy -> copy.withObject("/config").put("guiOrder", "3"));

        assertThat(aliases(app)).containsExactly(first, second, unordered);
    }

    @Test
    void saysWhichProviderOnlyLinks() {
        App app = App.of(realm);
        app.provider("github", copy -> copy.put("linkOnly", true));

        assertThat(providers(app).get(0).path("link_only").asBoolean()).isTrue();
    }

    @Test
    void doesNotListWhatTheLoginPageHidesUnlessItIsAskedForByName() {
        App app = App.of(realm);
        String shown = app.provider("acme");
        String hidden = app.provider("acme", copy -> copy.put("hideOnLogin", true));

        assertThat(aliases(app)).containsExactly(shown);
        assertThat(aliases(doors.providers(app.clientId(), hidden))).containsExactly(hidden);
        assertThat(aliases(doors.providers(App.of(realm).clientId(), hidden))).isEmpty();
        assertThat(aliases(doors.providers(app.clientId(), "nothing-of-the-kind")))
                .isEmpty();
    }

    @Test
    void doesNotTellTheNamesOfTheRealmsCustomers() {
        OwnRealm business = OwnRealm.create(representation -> representation.put("organizationsEnabled", true));
        Doors businessDoors = new Doors(business);
        App app = App.of(business);
        String everybodys = app.provider("acme");
        String customers = app.provider("acme");
        business.organization(customers);

        assertThat(aliases(businessDoors.providers(app.clientId()))).containsExactly(everybodys);
        assertThat(aliases(businessDoors.providers(app.clientId(), customers))).containsExactly(customers);
    }

    @Test
    void clientWithoutProvidersGetsNone() {
        assertThat(providers(App.of(realm))).isEmpty();
    }

    /** Another reader may take the other one. */
    @Test
    void refusesTwoClients() {
        App app = App.of(realm);
        String query = "providers?client_id=%s&client_id=%s".formatted(app.clientId(), app.clientId());

        Answer answer = RawRequest.to(doors.uri(query)).method("GET").send();

        assertRefused(answer, 400, "invalid_request", "parameter_invalid");
    }

    @Test
    void refusesUnknownClient() {
        assertRefused(doors.providers("nobody"), 400, "invalid_request", "parameter_invalid");
    }

    private static JsonNode providers(App app) {
        return doors.providers(app.clientId()).json().path("providers");
    }

    private static List<String> aliases(App app) {
        return aliases(doors.providers(app.clientId()));
    }

    private static List<String> aliases(Answer answer) {
        return StreamSupport.stream(answer.json().path("providers").spliterator(), false)
                .map(button -> button.path("alias").asText())
                .toList();
    }
}
