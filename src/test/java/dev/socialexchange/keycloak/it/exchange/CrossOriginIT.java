package dev.socialexchange.keycloak.it.exchange;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import org.junit.jupiter.api.Test;

/** A front end in a browser can read every answer, and nobody may keep one. */
class CrossOriginIT {
    private static final String GOOGLE_CLIENT = "google-client.apps.googleusercontent.com";

    @Test
    void successIsReadable() {
        for (Door door : new Door[] {Door.open(), Door.confidential()}) {
            Answer answer = door.exchange(Suite.newPerson()).origin(Door.ORIGIN).send();

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertReadable(answer);
        }
    }

    @Test
    void refusalOfTheRequestIsReadable() {
        Door door = Door.open();

        assertReadable(refused(door.request(), 400, "invalid_request", "parameter_missing"));
        assertReadable(refused(
                door.exchange(Suite.newPerson()).scope("no-such-scope"), 400, "invalid_scope", "scope_invalid"));
        assertReadable(refused(
                door.exchange(Suite.newPerson()).param("audience", "nobody"),
                400,
                "invalid_target",
                "audience_invalid"));
    }

    @Test
    void refusalByPolicyIsReadable() {
        Door door = Door.open();
        String stranger = Door.client(Suite.unique("stranger"), null, client -> {});

        assertReadable(refused(exchange("nobody").as(door.clientId()), 400, "invalid_request", "provider_unknown"));
        assertReadable(refused(exchange(door.alias()).as(stranger), 403, "access_denied", "client_not_allowed"));
    }

    @Test
    void refusalOfTheTokenIsReadable() {
        Door door = Door.open();

        assertReadable(refused(
                door.request().subjectToken("no.jwt.atall").type(TokenType.ID_TOKEN),
                400,
                "invalid_request",
                "token_invalid"));
    }

    @Test
    void refusalThatSendsThePersonToTheBrowserIsReadable() {
        Door door = Door.open();
        Person person = Suite.newPerson();
        door.exchange(person).send();
        Person namesake = Suite.newPerson().withEmail(person.email(), true);

        assertReadable(refused(door.exchange(namesake), 400, "interaction_required", "account_exists"));
    }

    @Test
    void outageIsReadableAndSaysWhenToComeBack() {
        Door door = Door.like("google");
        Person person = Suite.newPerson();
        String token = Suite.providers().google().accessToken(GOOGLE_CLIENT, person);
        Suite.providers()
                .fault("oauth2.googleapis.com", "/tokeninfo", Fault.status(503).forToken(token));

        Answer answer = refused(
                door.request().subjectToken(token).type(TokenType.ACCESS_TOKEN),
                503,
                "temporarily_unavailable",
                "provider_unavailable");

        assertReadable(answer);
        assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isPositive();
        assertThat(answer.headers().allValues("Access-Control-Expose-Headers"))
                .anyMatch(exposed -> exposed.contains("Retry-After"));
        assertThat(Suite.linked(door.alias(), person.id())).isEmpty();
    }

    @Test
    void preflightIsAnswered() {
        Answer answer = RawRequest.to(Suite.tokens().uri())
                .method("OPTIONS")
                .header("Origin", Door.ORIGIN)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "dpop")
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(Door.ORIGIN);
        assertThat(answer.header("Access-Control-Allow-Methods").orElse("")).contains("POST");
        assertThat(answer.header("Access-Control-Allow-Headers").orElse("")).contains("DPoP", "Authorization");
    }

    @Test
    void keycloakRefusesForeignOriginBeforeTheTokenIsUsed() {
        Door door = Door.open();
        Person person = Suite.newPerson();
        String token = Door.idToken(person);
        TokenRequest request = door.request().subjectToken(token).type(TokenType.ID_TOKEN);

        Answer foreign = request.origin("https://evil.example").send();

        assertThat(foreign.status()).as(foreign.body()).isEqualTo(403);
        assertThat(foreign.error()).isEqualTo("Invalid origin");
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(Suite.linked(door.alias(), person.id())).isEmpty();
        Answer own = door.request()
                .subjectToken(token)
                .type(TokenType.ID_TOKEN)
                .origin(Door.ORIGIN)
                .send();
        assertThat(own.status()).as(own.body()).isEqualTo(200);
    }

    @Test
    void appWithoutAnOriginIsToldNothingAboutOrigins() {
        Answer answer = Door.open().exchange(Suite.newPerson()).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    private static TokenRequest exchange(String alias) {
        return Suite.tokens().exchange(alias).subjectToken("token").type(TokenType.ID_TOKEN);
    }

    private static Answer refused(TokenRequest request, int status, String error, String reason) {
        Answer answer = request.origin(Door.ORIGIN).send();
        assertRefused(answer, status, error, reason);
        return answer;
    }

    private static void assertReadable(Answer answer) {
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(Door.ORIGIN);
        assertThat(answer.header("Access-Control-Allow-Credentials")).contains("true");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.header("Pragma")).contains("no-cache");
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
    }
}
