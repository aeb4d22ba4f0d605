package dev.socialexchange.keycloak.it.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import org.junit.jupiter.api.Test;

/** What an administrator sees of an exchange afterwards. */
class ExchangeEventsIT {
    private static final String GOOGLE_CLIENT = "google-client.apps.googleusercontent.com";

    @Test
    void successNamesUserSessionProviderAndProof() {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).scope("openid").send();

        assertThat(door.events("TOKEN_EXCHANGE")).hasSize(1);
        JsonNode event = door.event("TOKEN_EXCHANGE");
        assertThat(event.path("userId")).isEqualTo(answer.claims().path("sub"));
        assertThat(event.path("sessionId")).isEqualTo(answer.claims().path("sid"));
        assertThat(event.path("ipAddress").asText()).isNotEmpty();
        assertThat(event.has("error")).isFalse();
        assertDetail(event, "identity_provider", door.alias());
        assertDetail(event, "identity_provider_identity", person.username());
        assertDetail(event, "username", person.username());
        assertDetail(event, "subject_token_type", "id_token");
        assertDetail(event, "requested_token_type", TokenType.ACCESS_TOKEN);
        assertDetail(event, "proof", "jwks");
        assertDetail(event, "auth_method", "token_exchange");
        assertDetail(event, "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        assertDetail(event, "token_id", answer.claims().path("jti").asText());
        assertThat(event.at("/details/refresh_token_id").asText()).isNotEmpty();
        assertThat(event.at("/details/scope").asText()).contains("openid");
    }

    @Test
    void firstLoginIsRegistrationAndTheNextIsNot() {
        Door door = Door.open();
        Person person = Suite.newPerson();

        door.exchange(person).send();
        door.exchange(person).send();

        assertThat(door.events("REGISTER")).hasSize(1);
        JsonNode registered = door.event("REGISTER");
        assertThat(registered.path("userId").asText()).isEqualTo(door.userId(person));
        assertDetail(registered, "identity_provider", door.alias());
        assertDetail(registered, "identity_provider_identity", person.username());
        assertDetail(registered, "register_method", "broker");
        assertThat(door.events("IDENTITY_PROVIDER_FIRST_LOGIN")).hasSize(1);
        assertThat(door.events("TOKEN_EXCHANGE")).hasSize(2);
        assertThat(door.events("TOKEN_EXCHANGE_ERROR")).isEmpty();
    }

    @Test
    void boundAccessTokenIsProvenByBinding() {
        Door door = Door.like("google");
        String token = Suite.providers().google().accessToken(GOOGLE_CLIENT, Suite.newPerson());

        Answer answer =
                door.request().subjectToken(token).type(TokenType.ACCESS_TOKEN).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertDetail(door.event("TOKEN_EXCHANGE"), "proof", "binding");
        assertDetail(door.event("TOKEN_EXCHANGE"), "subject_token_type", "access_token");
    }

    @Test
    void refusalNamesProviderKindAndReason() {
        Door door = Door.open();

        door.request().subjectToken("a.b.c").type(TokenType.ID_TOKEN).send();

        assertRefusal(door, "invalid_token", "token_invalid");
        assertDetail(door.event("TOKEN_EXCHANGE_ERROR"), "identity_provider", door.alias());
        assertDetail(door.event("TOKEN_EXCHANGE_ERROR"), "subject_token_type", "id_token");
    }

    @Test
    void refusalOfTheClientNamesTheProviderItWanted() {
        Door door = Door.open();
        Door stranger = Door.open();

        Suite.tokens()
                .exchange(door.alias())
                .as(stranger.clientId())
                .subjectToken("a.b.c")
                .type(TokenType.ID_TOKEN)
                .send();

        assertRefusal(stranger, "not_allowed", "client_not_allowed");
        assertDetail(stranger.event("TOKEN_EXCHANGE_ERROR"), "identity_provider", door.alias());
    }

    @Test
    void refusalsOfTheRequestHaveConstantErrors() {
        assertRefusal(send(Door.open(), "parameter_missing"), "invalid_request", "parameter_missing");
        assertRefusal(send(Door.open(), "scope"), "invalid_request", "scope_invalid");
        assertRefusal(send(Door.open(), "audience"), "invalid_request", "audience_invalid");
        assertRefusal(send(Door.open(), "requested_token_type"), "invalid_request", "requested_token_type_unsupported");
    }

    private static Door send(Door door, String wrong) {
        TokenRequest request = wrong.equals("parameter_missing") ? door.request() : door.exchange(Suite.newPerson());
        request.param(wrong, "what-somebody-typed").send();
        return door;
    }

    @Test
    void outageIsNotTheTokensFault() {
        Door door = Door.like("google");
        String token = Suite.providers().google().accessToken(GOOGLE_CLIENT, Suite.newPerson());
        Suite.providers()
                .fault("oauth2.googleapis.com", "/tokeninfo", Fault.status(500).forToken(token));

        door.request().subjectToken(token).type(TokenType.ACCESS_TOKEN).send();

        assertRefusal(door, "identity_provider_error", "provider_unavailable");
    }

    private static void assertRefusal(Door door, String error, String reason) {
        assertThat(door.events("TOKEN_EXCHANGE_ERROR")).hasSize(1);
        JsonNode event = door.event("TOKEN_EXCHANGE_ERROR");
        assertThat(event.path("error").asText()).isEqualTo(error);
        assertThat(event.at("/details/reason").asText()).startsWith(reason);
        assertThat(event.path("clientId").asText()).isEqualTo(door.clientId());
        assertThat(event.toString()).doesNotContain("what-somebody-typed");
        assertThat(door.events("TOKEN_EXCHANGE")).isEmpty();
    }

    private static void assertDetail(JsonNode event, String name, String value) {
        assertThat(event.path("details").path(name).asText())
                .as(event.toString())
                .isEqualTo(value);
    }
}
