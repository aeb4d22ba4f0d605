package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.DemoProviders;
import dev.socialexchange.keycloak.loopback.Exchanged;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Partner;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JWTs of the right issuer, for our app, with good signatures, that are no id tokens (RFC 8725 §3.11), or only id tokens. */
class ForeignJwtTest {

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "application/at+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt", "AT+JWT", "JOSE"})
    void refusesHeaderTypeOfAnotherKind(String type) {
        refusesAsIdToken("google", claims -> {}, header -> header.put("typ", type));
    }

    @Test
    void refusesLogoutTokenThatHasNoTypeOfItsOwn() {
        String event = "http://schemas.openid.net/event/backchannel-logout";
        refusesAsIdToken("google", claims -> claims.put("events", Map.of(event, Map.of())), header -> {});
        refusesAsIdToken("acme", claims -> claims.put("events", Map.of()), header -> header.put("typ", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Refresh", "Offline", "Logout", "DPoP", "Serialized-ID", ""})
    void refusesKeycloakTokenOfAnotherType(String type) {
        refusesAsIdToken("partner", claims -> claims.put("typ", type), header -> {});
    }

    @ParameterizedTest
    @CsvSource({"scope, openid email", "scp, openid"})
    void refusesAccessTokenThatHasOnlyItsScopeToShow(String claim, String value) {
        refusesAsIdToken("acme", claims -> claims.put(claim, value), header -> {});
    }

    @Test
    void refusesKeycloakAccessTokenAsIdToken() {
        Partner partner = Loopback.providers().partner();
        Person person = Loopback.newPerson();

        Exchanged answer =
                Loopback.idToken(DemoProviders.like("partner"), partner.accessToken(partner.clientId(), person));

        answer.assertRefused(400, "invalid_request", "token_kind_mismatch");
    }

    @Test
    void refusesAccessTokenOfRfc9068AsIdToken() {
        Person person = Loopback.newPerson();
        String token = Loopback.providers()
                .acme()
                .jwtAccessToken(Loopback.providers().acme().clientId(), person);

        Exchanged answer = Loopback.idToken(DemoProviders.like("acme"), token);

        answer.assertRefused(400, "invalid_request", "token_kind_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "partner"})
    void refusesIdTokenAsAccessToken(String like) {
        OpenIdProvider provider = DemoProviders.openId(like);
        Person person = Loopback.newPerson();

        Exchanged answer =
                Loopback.accessToken(DemoProviders.like(like), provider.idToken(provider.clientId(), person));

        // Google and Facebook are asked, and know no such access token
        String reason = like.equals("acme") || like.equals("partner") ? "token_kind_mismatch" : "token_invalid";
        answer.assertRefused(400, "invalid_request", reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme"})
    void refusesOpaqueAccessTokenAsIdToken(String like) {
        OpenIdProvider provider = DemoProviders.openId(like);
        Person person = Loopback.newPerson();

        Exchanged answer =
                Loopback.idToken(DemoProviders.like(like), provider.accessToken(provider.clientId(), person));

        answer.assertRefused(400, "invalid_request", "token_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "legacy"})
    void refusesIdTokenOfProviderThatHasNone(String like) {
        Person person = Loopback.newPerson();
        String token = DemoProviders.openId("google")
                .idToken(DemoProviders.simulated("google").clientId(), person);

        Exchanged answer = Loopback.idToken(DemoProviders.like(like), token);

        answer.assertRefused(400, "invalid_request", "token_type_unsupported");
        assertThat(answer.description()).contains("access_token");
    }

    private static void refusesAsIdToken(
            String like, Consumer<Map<String, Object>> claims, Consumer<Map<String, Object>> header) {
        OpenIdProvider provider = DemoProviders.openId(like);
        Person person = Loopback.newPerson();

        Exchanged answer = Loopback.idToken(
                DemoProviders.like(like), provider.idToken(provider.clientId(), person, claims, header));

        answer.assertRefused(400, "invalid_request", "token_kind_mismatch");
    }
}
