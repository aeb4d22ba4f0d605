package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
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
class ForeignJwtIT {

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
        Partner partner = Suite.providers().partner();
        Person person = Suite.newPerson();

        Answer answer = Exchanges.idToken("partner", partner.accessToken(partner.clientId(), person));

        assertRefused(answer, 400, "invalid_request", "token_kind_mismatch", "partner", person.id());
    }

    @Test
    void refusesAccessTokenOfRfc9068AsIdToken() {
        Person person = Suite.newPerson();
        String token =
                Suite.providers().acme().jwtAccessToken(Suite.providers().acme().clientId(), person);

        Answer answer = Exchanges.idToken("acme", token);

        assertRefused(answer, 400, "invalid_request", "token_kind_mismatch", "acme", person.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "partner"})
    void refusesIdTokenAsAccessToken(String like) {
        OpenIdProvider provider = ProviderTokens.openId(like);
        Person person = Suite.newPerson();

        Answer answer = Exchanges.accessToken(like, provider.idToken(provider.clientId(), person));

        // Google and Facebook are asked, and know no such access token
        String reason = like.equals("acme") || like.equals("partner") ? "token_kind_mismatch" : "token_invalid";
        assertRefused(answer, 400, "invalid_request", reason, like, person.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme"})
    void refusesOpaqueAccessTokenAsIdToken(String like) {
        OpenIdProvider provider = ProviderTokens.openId(like);
        Person person = Suite.newPerson();

        Answer answer = Exchanges.idToken(like, provider.accessToken(provider.clientId(), person));

        assertRefused(answer, 400, "invalid_request", "token_invalid", like, person.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "legacy"})
    void refusesIdTokenOfProviderThatHasNone(String like) {
        Person person = Suite.newPerson();
        String token = ProviderTokens.openId("google")
                .idToken(ProviderTokens.of("google").clientId(), person);

        Answer answer = Exchanges.request(like, TokenType.ID_TOKEN, token).send();

        assertRefused(answer, 400, "invalid_request", "token_type_unsupported", like, person.id());
        assertThat(answer.text("error_description")).contains("access_token");
    }

    private static void refusesAsIdToken(
            String like, Consumer<Map<String, Object>> claims, Consumer<Map<String, Object>> header) {
        OpenIdProvider provider = ProviderTokens.openId(like);
        Person person = Suite.newPerson();

        Answer answer = Exchanges.idToken(like, provider.idToken(provider.clientId(), person, claims, header));

        assertRefused(answer, 400, "invalid_request", "token_kind_mismatch", like, person.id());
    }
}
