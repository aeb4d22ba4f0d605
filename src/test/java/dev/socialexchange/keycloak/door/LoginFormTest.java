package dev.socialexchange.keycloak.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is posted to a provider's own address is the token endpoint's form, and nothing beside it. */
class LoginFormTest {
    private final MultivaluedMap<String, String> form = new MultivaluedHashMap<>();

    LoginFormTest() {
        form.putSingle("client_id", "app");
        form.putSingle("scope", "openid");
        form.putSingle("device_id", "of-the-provider");
    }

    @ParameterizedTest
    @CsvSource({
        "id_token, urn:ietf:params:oauth:token-type:id_token",
        "access_token, urn:ietf:params:oauth:token-type:access_token",
        "code, urn:keycloak:social-exchange:token-type:authorization_code",
        "signed_data, urn:keycloak:social-exchange:token-type:signed_data"
    })
    void theTokensNameSaysItsType(String name, String type) {
        form.putSingle(name, "token");

        MultivaluedMap<String, String> exchange = LoginForm.exchange("google", form);

        assertThat(exchange.getFirst("grant_type")).isEqualTo("urn:ietf:params:oauth:grant-type:token-exchange");
        assertThat(exchange.getFirst("subject_issuer")).isEqualTo("google");
        assertThat(exchange.getFirst("subject_token")).isEqualTo("token");
        assertThat(exchange.getFirst("subject_token_type")).isEqualTo(type);
        assertThat(exchange.getFirst("client_id")).isEqualTo("app");
        assertThat(exchange.getFirst("scope")).isEqualTo("openid");
        assertThat(exchange.getFirst("device_id")).isEqualTo("of-the-provider");
        assertThat(exchange).doesNotContainKey(name).hasSize(7);
    }

    @Test
    void anAccessTokenBesideAnIdTokenIsItsCompanion() {
        form.putSingle("id_token", "id");
        form.putSingle("access_token", "access");

        MultivaluedMap<String, String> exchange = LoginForm.exchange("google", form);

        assertThat(exchange.getFirst("subject_token")).isEqualTo("id");
        assertThat(exchange.getFirst("access_token")).isEqualTo("access");
    }

    /** Which the exchange itself refuses: it belongs to an id token. */
    @Test
    void anAccessTokenBesideACodeIsPassedOnAsItIs() {
        form.putSingle("code", "code");
        form.putSingle("access_token", "access");

        assertThat(LoginForm.exchange("google", form).getFirst("access_token")).isEqualTo("access");
    }

    @Test
    void aCodeBesideAnIdTokenGoesAlongWithIt() {
        form.putSingle("id_token", "id");
        form.putSingle("code", "code");

        MultivaluedMap<String, String> exchange = LoginForm.exchange("google", form);

        assertThat(exchange.getFirst("subject_token")).isEqualTo("id");
        assertThat(exchange.getFirst("subject_token_type")).endsWith(":id_token");
        assertThat(exchange.getFirst("code")).isEqualTo("code");
    }

    @ParameterizedTest
    @CsvSource({"code, signed_data", "id_token, signed_data"})
    void refusesTwoTokensOfWhichEitherCouldBeMeant(String one, String other) {
        form.putSingle(one, "1");
        form.putSingle(other, "2");
        assertRefused(ExchangeError.PARAMETER_INVALID, one + " and " + other);
    }

    @Test
    void refusesARequestWithoutAToken() {
        assertRefused(ExchangeError.PARAMETER_MISSING, "one of id_token, code, signed_data, access_token is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type", "subject_issuer", "subject_token", "subject_token_type"})
    void refusesWhatOnlyTheTokenEndpointIsTold(String name) {
        form.putSingle("id_token", "token");
        form.putSingle(name, "google");
        assertRefused(ExchangeError.PARAMETER_INVALID, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_token", "client_id", "nonce"})
    void refusesWhatComesTwice(String name) {
        form.putSingle("id_token", "token");
        form.put(name, List.of("1", "2"));
        assertRefused(ExchangeError.PARAMETER_INVALID, "twice");
    }

    @Test
    void tokensMayBeAsLongAsAtTheTokenEndpointAndSeveralAudiencesMayBeAsked() {
        form.putSingle("id_token", "t".repeat(20_000));
        form.put("audience", List.of("one", "two"));

        assertThat(LoginForm.exchange("google", form).get("audience")).containsExactly("one", "two");
        form.putSingle("id_token", "t".repeat(20_001));
        assertRefused(ExchangeError.PARAMETER_INVALID, "too long");
    }

    /** So that what is wrong is told to whoever may know, and where an administrator looks. */
    @Test
    void whatIsRefusedStillSaysWhoAsksForWhat() {
        form.putSingle("client_secret", "secret");

        MultivaluedMap<String, String> asking = LoginForm.asking("google", form);

        assertThat(asking)
                .containsOnlyKeys("client_id", "client_secret", "grant_type", "subject_issuer")
                .containsEntry("client_id", List.of("app"));
    }

    @Test
    void anObjectIsAForm() {
        MultivaluedMap<String, String> read = LoginForm.ofJson(
                """
                {"client_id": "app", "id_token": "a.b.c", "nonce": null, "audience": ["one", "two"],
                 "user": {"name": {"firstName": "Zoë"}}, "device_id": 7}"""
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(read).containsOnlyKeys("client_id", "id_token", "audience", "user", "device_id");
        assertThat(read.get("audience")).containsExactly("one", "two");
        assertThat(read.getFirst("user")).isEqualTo("{\"name\":{\"firstName\":\"Zoë\"}}");
        assertThat(read.getFirst("device_id")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"token\"", "{\"a\":1", "{\"a\":1,\"a\":2}", "{} {}"})
    void refusesABodyThatIsNoObject(String body) {
        assertThatThrownBy(() -> LoginForm.ofJson(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.error())
                        .isEqualTo(ExchangeError.PARAMETER_INVALID));
    }

    private void assertRefused(ExchangeError error, String words) {
        assertThatThrownBy(() -> LoginForm.exchange("google", form))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.error())
                        .isEqualTo(error));
    }
}
