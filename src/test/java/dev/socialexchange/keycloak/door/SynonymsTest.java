package dev.socialexchange.keycloak.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.type.OfflineProvider;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apps that were made for another exchange say the same things by other names. */
class SynonymsTest {
    private static final Map<String, String> APP = Map.of("clientId", "our-app", "clientSecret", "secret");
    private static final String USER = "{\"name\":{\"firstName\":\"Zoë\"}}";

    private final MultivaluedMap<String, String> form = new MultivaluedHashMap<>();

    SynonymsTest() {
        form.putSingle("subject_issuer", "alias");
        form.putSingle("subject_token", "token");
    }

    /** Keycloak's first exchange took it for an access token; the Apple extension for it, for a code. */
    @ParameterizedTest
    @CsvSource({
        "google, ACCESS_TOKEN",
        "facebook, ACCESS_TOKEN",
        "github, ACCESS_TOKEN",
        "gitlab, ACCESS_TOKEN",
        "microsoft, ACCESS_TOKEN",
        "apple, AUTHORIZATION_CODE",
        "telegram, AUTHORIZATION_CODE"
    })
    void aTokenWithoutATypeIsWhatTheFirstExchangeTookItFor(String type, TokenKind kind) {
        assertThat(Synonyms.untyped(OfflineProvider.ofType(type, APP).descriptor()))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aBlankTypeIsNone(String blank) {
        assertThat(typeOf(TokenKind.AUTHORIZATION_CODE)).isEqualTo(Loopback.AUTHORIZATION_CODE);
        form.putSingle("subject_token_type", blank);
        assertThat(typeOf(TokenKind.ACCESS_TOKEN)).isEqualTo(Loopback.ACCESS_TOKEN);
    }

    /** One that was too long, and Keycloak has dropped, was there: the request is refused for it. */
    @Test
    void aTypeThatWasDroppedIsNotLeftOut() {
        assertThat(Synonyms.resolve(form, Set.of("subject_token_type"), alias -> TokenKind.ACCESS_TOKEN))
                .doesNotContainKey("subject_token_type");
    }

    @ParameterizedTest
    @CsvSource({
        "apple-authz-code, urn:keycloak:social-exchange:token-type:authorization_code",
        "http://auth0.com/oauth/token-type/apple-authz-code, urn:keycloak:social-exchange:token-type:authorization_code",
        "http://auth0.com/oauth/token-type/facebook-info-session-access-token, urn:ietf:params:oauth:token-type:access_token",
        "urn:ietf:params:oauth:token-type:id_token, urn:ietf:params:oauth:token-type:id_token",
        "anything-else, anything-else"
    })
    void aTypeMayHaveTheNameThatItHasElsewhere(String theirs, String ours) {
        form.putSingle("subject_token_type", theirs);

        assertThat(typeOf(TokenKind.SIGNED_DATA)).isEqualTo(ours);
        assertThat(form.getFirst("subject_token_type"))
                .as("what came is left as it is")
                .isEqualTo(theirs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apple-authz-code",
                "http://auth0.com/oauth/token-type/apple-authz-code",
                "urn:ietf:params:oauth:token-type:id_token"
            })
    void whatAppleTellsOfThePersonMayBeCalledUserProfile(String type) {
        form.putSingle("subject_token_type", type);
        form.putSingle("user_profile", USER);

        MultivaluedMap<String, String> resolved = resolve(TokenKind.ACCESS_TOKEN);

        assertThat(resolved.getFirst("user")).isEqualTo(USER);
        assertThat(resolved).doesNotContainKey("user_profile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null"})
    void nothingThatIsSaidOfThePersonIsNothing(String profile) {
        form.putSingle("subject_token_type", "apple-authz-code");
        form.putSingle("user_profile", profile);

        assertThat(resolve(TokenKind.ACCESS_TOKEN)).doesNotContainKeys("user", "user_profile");
    }

    /** Nobody signs it, and Facebook is asked anyway. */
    @Test
    void whatAnAppSaysOfAFacebookAccountIsNotRead() {
        form.putSingle("subject_token_type", "http://auth0.com/oauth/token-type/facebook-info-session-access-token");
        form.putSingle("user_profile", "{\"email\":\"victim@example.org\"}");

        assertThat(resolve(TokenKind.ACCESS_TOKEN)).doesNotContainKey("user");
    }

    @Test
    void refusesTheSameThingByTwoNames() {
        form.putSingle("subject_token_type", "apple-authz-code");
        form.putSingle("user_profile", USER);
        form.putSingle("user", USER);

        assertThatThrownBy(() -> resolve(TokenKind.ACCESS_TOKEN))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.error())
                        .isEqualTo(ExchangeError.PARAMETER_INVALID));
    }

    private String typeOf(TokenKind untyped) {
        return resolve(untyped).getFirst("subject_token_type");
    }

    private MultivaluedMap<String, String> resolve(TokenKind untyped) {
        return Synonyms.resolve(form, form.keySet(), alias -> untyped);
    }
}
