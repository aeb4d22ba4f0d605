package dev.socialexchange.keycloak.it.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.RealmContents;
import dev.socialexchange.keycloak.it.support.Visitor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an administrator's browser signs in at a provider, so that a code can be tried. */
@OlderKeycloakOnDemand
class ProviderSignInIT {
    private static final String BACK = "https://sso.example/realms/r/social-exchange/doctor/returned";

    private static OwnRealm realm;
    private static App app;
    private static RealmAdmin admin;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        app = App.of(realm);
        admin = RealmAdmin.of(realm, DoctorRealm.MANAGE);
    }

    private static Answer signIn(RealmAdmin who, String alias) {
        return signIn(who, alias, app.clientId(), BACK);
    }

    private static Answer signIn(RealmAdmin who, String alias, String clientId, String redirectUri) {
        return who.request("providers/" + alias + "/sign-in")
                .form("client_id", clientId)
                .form("redirect_uri", redirectUri)
                .send();
    }

    private static String parameter(Answer offer, String name) {
        return App.parameter(URI.create(offer.text("url")), name).orElse(null);
    }

    @Test
    void addressIsTheOneOfABrowserLoginWithAnotherWayBack() {
        String alias = app.provider("acme");

        Answer offer = signIn(admin, alias);

        assertThat(offer.json().path("available").asBoolean()).as(offer.body()).isTrue();
        assertThat(offer.text("url"))
                .startsWith(realm.admin()
                        .identityProvider(alias)
                        .at("/config/authorizationUrl")
                        .asText());
        assertThat(parameter(offer, "client_id")).isEqualTo("acme-client");
        assertThat(parameter(offer, "response_type")).isEqualTo("code");
        assertThat(parameter(offer, "redirect_uri")).isEqualTo(BACK);
        assertThat(parameter(offer, "state")).isEqualTo(offer.text("state")).hasSizeGreaterThan(40);
        assertThat(parameter(offer, "code_challenge_method")).isEqualTo("S256");
        assertThat(parameter(offer, "code_challenge")).isEqualTo(sha256(offer.text("code_verifier")));
        assertThat(parameter(offer, "nonce")).isEqualTo(offer.text("nonce")).isNotBlank();
        assertThat(offer.body()).doesNotContain("acme-secret");
    }

    @Test
    void nonceThatHasToBeOurOwnIsOneOfTheClientThatIsPlayed() {
        String alias = app.provider("acme", copy -> copy.withObject("/config").put("exchangeNonce", "issued"));

        Answer offer = signIn(admin, alias);

        assertThat(parameter(offer, "nonce")).isEqualTo(sha256(offer.text("nonce")));
    }

    @Test
    void whatAProviderSendsBesideTheCodeIsNamed() {
        String alias = app.described("vk", copy -> {});

        Answer offer = signIn(admin, alias);

        assertThat(offer.json().path("parameters").path(0).asText()).isEqualTo("device_id");
    }

    @Test
    void itsAnswerMayBePosted() {
        String alias = app.described("apple", copy -> {});

        assertThat(parameter(signIn(admin, alias), "response_mode")).isEqualTo("form_post");
    }

    @Test
    void everyAddressIsAnotherAndNothingIsKeptOfIt() {
        String alias = app.provider("acme");
        signIn(admin, alias);
        RealmContents before = RealmContents.of(realm);

        List<String> states =
                List.of(signIn(admin, alias).text("state"), signIn(admin, alias).text("state"));

        assertThat(states).doesNotHaveDuplicates();
        assertThat(RealmContents.of(realm).changes(before)).isEmpty();
    }

    @Test
    void stateOfItOpensNoLoginOfTheRealm() {
        String alias = app.provider("acme");
        Answer offer = signIn(admin, alias);
        RealmContents before = RealmContents.of(realm);

        int status = new Visitor()
                .get("%s/realms/%s/broker/%s/endpoint?code=any&state=%s"
                        .formatted(realm.server().url(), realm.name(), alias, offer.text("state")))
                .statusCode();

        assertThat(status).isEqualTo(400);
        assertThat(RealmContents.of(realm).changes(before)).containsExactly("event IDENTITY_PROVIDER_LOGIN_ERROR +1");
    }

    @Test
    void providerThatIsClosedOrTakesNoCodesSaysSo() {
        String closed = app.provider("acme", copy -> copy.withObject("/config").put("exchangeClients", ""));
        String disabled = app.provider("acme", copy -> copy.put("enabled", false));
        String without = app.provider("acme", copy -> copy.withObject("/config").put("exchangeTokenTypes", "id_token"));

        Map.of(closed, "closed", disabled, "closed", without, "no_codes").forEach((alias, reason) -> {
            Answer offer = signIn(admin, alias);
            assertThat(offer.json().path("available").asBoolean(true)).isFalse();
            assertThat(offer.text("reason")).isEqualTo(reason);
            assertThat(offer.json().has("url")).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "javascript:alert(1)", "data:text/html,x", "/relative", "https:", "https://a b", "app://x/y"
            })
    void wayBackIsAnAddressOfTheWeb(String redirectUri) {
        assertThat(signIn(admin, app.provider("acme"), app.clientId(), redirectUri)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whatNamesNothingIsTold() {
        assertThat(signIn(admin, "nobody").status()).isEqualTo(404);
        assertThat(signIn(admin, app.provider("acme"), "nobody", BACK).status()).isEqualTo(400);
    }

    @Test
    void nobodyWithoutThePermissionGetsAnything() {
        String alias = app.provider("acme");
        Map<String, RealmAdmin> nobodies = Map.of(
                "nobody at all", new RealmAdmin(realm, ""),
                "who may only look", RealmAdmin.of(realm, DoctorRealm.LOOK, DoctorRealm.PEOPLE),
                "another realm's administrator",
                        RealmAdmin.of(OwnRealm.create(), "realm-admin").lookingAt(realm));

        nobodies.forEach((who, nobody) -> {
            Answer answer = signIn(nobody, alias);
            assertThat(answer.status()).as(who).isIn(401, 403);
            assertThat(answer.body()).as(who).doesNotContain("url", "acme");
        });
    }

    @Test
    void administratorsSeeThatItWasAskedFor() {
        realm.admin().updateRealm(settings -> settings.put("adminEventsEnabled", true));
        String alias = app.provider("acme");

        signIn(admin, alias);

        assertThat(realm.admin().get("/admin-events?operationTypes=ACTION&resourceTypes=IDENTITY_PROVIDER"))
                .anySatisfy(event -> assertThat(event.path("resourcePath").asText())
                        .isEqualTo("social-exchange/providers/" + alias + "/sign-in"));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
