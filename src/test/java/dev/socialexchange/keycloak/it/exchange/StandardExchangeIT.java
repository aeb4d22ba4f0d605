package dev.socialexchange.keycloak.it.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exchanges that are not ours go on as if the extension were not there. */
class StandardExchangeIT {
    private static final String SECRET = "service-secret";

    @Test
    void clientsExchangeEachOthersTokens() {
        String service = service();
        Door door = Door.open(Door.reaching(List.of(service)));
        Answer ours = door.exchange(Suite.newPerson()).scope("openid").send();

        Answer answer = standard(ours.accessToken()).as(service, SECRET).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("issued_token_type")).isEqualTo(TokenType.ACCESS_TOKEN);
        assertThat(answer.json().has("user_created")).isFalse();
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(answer.claims().path("azp").asText()).isEqualTo(service);
        assertThat(answer.claims().path("sub")).isEqualTo(ours.claims().path("sub"));
        assertThat(answer.claims().path("sid")).isEqualTo(ours.claims().path("sid"));
    }

    @Test
    void transientAccessTokenOfOursIsSubjectTokenToo() {
        String service = service();
        Door door = Door.open(Door.reaching(List.of(service)));
        Answer ours = door.exchange(Suite.newPerson())
                .requested(TokenType.ACCESS_TOKEN)
                .send();

        Answer answer = standard(ours.accessToken()).as(service, SECRET).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.claims().path("sub")).isEqualTo(ours.claims().path("sub"));
        assertThat(answer.claims().has("sid")).isFalse();
    }

    @Test
    void idTokenRowIsKeycloaksOwn() {
        String service = service();
        Person person = Suite.newPerson();
        Door door = Door.open(Door.reaching(List.of(service)));
        Answer ours = door.exchange(person).requested(TokenType.ID_TOKEN).send();
        Answer session = door.exchange(person).send();

        Answer standard = standard(session.accessToken())
                .as(service, SECRET)
                .requested(TokenType.ID_TOKEN)
                .send();

        assertThat(standard.status()).as(standard.body()).isEqualTo(200);
        for (String field : List.of("token_type", "issued_token_type", "not-before-policy", "scope")) {
            assertThat(ours.json().path(field))
                    .as(field)
                    .isEqualTo(standard.json().path(field));
        }
        assertThat(ours.json().has("id_token")).isEqualTo(standard.json().has("id_token"));
        assertThat(ours.json().has("refresh_token")).isEqualTo(standard.json().has("refresh_token"));
        assertThat(ours.claims().path("typ")).isEqualTo(standard.claims().path("typ"));
    }

    @Test
    void clientWithoutTheSwitchIsToldKeycloaksReason() {
        Door door = Door.confidential();
        Answer ours = door.exchange(Suite.newPerson()).send();

        Answer answer = door.authenticated(standard(ours.accessToken())).send();

        assertKeycloaks(answer, "Standard token exchange is not enabled for the requested client");
    }

    @Test
    void serviceThatTheTokenIsNotForIsRefused() {
        Answer ours = Door.open().exchange(Suite.newPerson()).send();

        Answer answer = standard(ours.accessToken()).as(service(), SECRET).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("access_denied");
        assertThat(answer.json().has("error_reason")).isFalse();
    }

    @Test
    void tokenOfAProviderWithoutSubjectIssuerIsNobodysToken() {
        Person person = Suite.newPerson();
        String service = service();

        Answer asAccessToken =
                standard(Door.idToken(person)).as(service, SECRET).send();
        Answer asIdToken = Suite.tokens()
                .grant("urn:ietf:params:oauth:grant-type:token-exchange")
                .subjectToken(Door.idToken(person))
                .type(TokenType.ID_TOKEN)
                .as(service, SECRET)
                .send();

        assertKeycloaks(asAccessToken, "Invalid token");
        assertKeycloaks(asIdToken, "Parameter 'subject_token' supports access tokens only");
    }

    @Test
    void ownIssuerIsLeftToKeycloak() {
        String service = service();
        Door door = Door.open(Door.reaching(List.of(service)));
        Answer ours = door.exchange(Suite.newPerson()).send();

        Answer answer = standard(ours.accessToken())
                .param(
                        "subject_issuer",
                        Json.claims(ours.accessToken()).path("iss").asText())
                .as(service, SECRET)
                .send();

        assertKeycloaks(answer, "Parameter 'subject_issuer' is not supported for standard token exchange");
    }

    @Test
    void issuerOfAnotherRealmIsOursToRefuse() {
        Door door = Door.open();
        Answer ours = door.exchange(Suite.newPerson()).send();

        Answer answer = Suite.tokens()
                .exchange(Suite.keycloak().url() + "/realms/master")
                .as(door.clientId())
                .subjectToken(ours.accessToken())
                .type(TokenType.ACCESS_TOKEN)
                .send();

        assertThat(answer.errorReason()).isEqualTo("provider_unknown");
    }

    private static TokenRequest standard(String accessToken) {
        return Suite.tokens().standardExchange(accessToken);
    }

    private static String service() {
        return Door.client(Suite.unique("service"), SECRET, StandardExchangeIT::allowStandardExchange);
    }

    private static void allowStandardExchange(ObjectNode client) {
        client.withObject("/attributes").put("standard.token.exchange.enabled", "true");
    }

    private static void assertKeycloaks(Answer answer, String description) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_request");
        assertThat(answer.text("error_description")).isEqualTo(description);
        assertThat(answer.json().has("error_reason")).isFalse();
    }
}
