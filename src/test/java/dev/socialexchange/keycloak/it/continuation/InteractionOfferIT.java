package dev.socialexchange.keycloak.it.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Refusals;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which answers carry a link, and which requests are refused before anything is proven. */
class InteractionOfferIT {
    private static OwnRealm realm;
    private static App app;
    private static String alias;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        app = App.of(realm);
        alias = app.provider("acme");
    }

    @Test
    void offersALinkThatLivesAsLongAsTheRealmsActionTimeout() {
        Answer answer = app.request(alias, nameless()).send();

        Refusals.assertRefused(answer, 400, "interaction_required", "profile_incomplete");
        assertThat(answer.text("interaction_uri"))
                .startsWith(realm.server().url() + "/realms/" + realm.name() + "/social-exchange/interaction/");
        assertThat(answer.json().path("interaction_expires_in").asInt()).isEqualTo(300);
        assertThat(reason()).isEqualTo("offered");
    }

    @Test
    void offersNoLinkToWhoDidNotAskForOne() {
        assertNoLink(app.plainRequest(alias, nameless()).send());
    }

    @Test
    void offersNoLinkWhereABrowserWouldNotHelp() {
        String linking = app.provider("acme", copy -> copy.put("linkOnly", true));

        Answer answer = app.request(linking, nameless()).send();

        Refusals.assertRefused(answer, 403, "access_denied", "linking_only");
        assertThat(answer.json().has("interaction_uri")).isFalse();
    }

    static Stream<Arguments> clientsThatCannotComeBack() {
        return Stream.of(
                Arguments.of("standard_flow_off", change(client -> client.put("standardFlowEnabled", false))),
                Arguments.of("redirect_uri_not_registered", change(client -> client.putArray("redirectUris")
                        .add("https://elsewhere.example/*"))),
                Arguments.of("par_required", attribute("require.pushed.authorization.requests", "true")),
                Arguments.of("request_object_required", attribute("request.object.required", "request only")),
                Arguments.of("challenge_method_not_allowed", attribute("pkce.code.challenge.method", "plain")));
    }

    @ParameterizedTest
    @MethodSource("clientsThatCannotComeBack")
    void offersNoLinkToClientThatCouldNotAskForIt(String obstacle, Consumer<ObjectNode> client) {
        App other = App.of(realm, client);

        Answer answer = other.request(other.provider("acme"), nameless()).send();

        assertNoLink(answer);
        assertThat(reason()).isEqualTo(obstacle);
    }

    @Test
    void offersNoLinkThatTheClientPoliciesWouldRefuse() {
        OwnRealm strict = OwnRealm.create();
        App strictApp = App.of(strict);
        String own = strictApp.provider("acme");
        strict.admin()
                .put(
                        "/client-policies/profiles",
                        Map.of(
                                "profiles",
                                List.of(Map.of(
                                        "name",
                                        "with-nonce",
                                        "executors",
                                        List.of(Map.of("executor", "secure-session", "configuration", Map.of()))))));
        strict.admin()
                .put(
                        "/client-policies/policies",
                        Map.of(
                                "policies",
                                List.of(Map.of(
                                        "name",
                                        "everybody",
                                        "enabled",
                                        true,
                                        "conditions",
                                        List.of(Map.of("condition", "any-client", "configuration", Map.of())),
                                        "profiles",
                                        List.of("with-nonce")))));

        Answer without = strictApp
                .plainRequest(own, nameless())
                .param("interaction_redirect_uri", strictApp.redirectUri())
                .param("interaction_code_challenge", App.CHALLENGE)
                .send();
        Answer with = strictApp.request(own, nameless()).send();

        assertNoLink(without);
        assertThat(with.text("interaction_uri")).as(with.body()).isNotEmpty();
    }

    @Test
    void offersNoLinkForAnIdentityThatIsTooLargeToBeKept() {
        Person person = nameless();
        String token = Suite.providers()
                .acme()
                .idToken("acme-client", person, claims -> claims.put("large", "x".repeat(13_000)), header -> {});

        Answer answer = interaction(realm.tokens().exchange(alias).as(app.clientId()))
                .subjectToken(token)
                .type(TokenType.ID_TOKEN)
                .send();

        assertNoLink(answer);
        assertThat(reason()).isEqualTo("identity_too_large");
    }

    @ParameterizedTest
    @CsvSource({
        "interaction_redirect_uri, '', parameter_missing",
        "interaction_redirect_uri, /relative, parameter_invalid",
        "interaction_redirect_uri, https://app.example/#fragment, parameter_invalid",
        "interaction_redirect_uri, not a uri, parameter_invalid",
        "interaction_code_challenge, '', parameter_missing",
        "interaction_code_challenge, too-short, parameter_invalid",
        "interaction_code_challenge_method, plain, parameter_invalid",
        "interaction_state, '', parameter_invalid",
        "interaction_nonce, '', parameter_invalid",
    })
    void refusesMalformedParameterBeforeTheProof(String name, String value, String reason) {
        TokenRequest request = realm.tokens().exchange(alias).as(app.clientId());
        Map<String, String> parameters = new java.util.LinkedHashMap<>(
                Map.of("interaction_redirect_uri", app.redirectUri(), "interaction_code_challenge", App.CHALLENGE));
        parameters.put(name, value);
        parameters.forEach(request::param);

        // a token that no proof would accept: it is not even looked at
        Answer answer =
                request.subjectToken("no.real.token").type(TokenType.ID_TOKEN).send();

        Refusals.assertRefused(answer, 400, "invalid_request", reason);
    }

    private static TokenRequest interaction(TokenRequest request) {
        return request.scope("openid")
                .param("interaction_redirect_uri", app.redirectUri())
                .param("interaction_code_challenge", App.CHALLENGE);
    }

    private static void assertNoLink(Answer answer) {
        Refusals.assertRefused(answer, 400, "interaction_required", "profile_incomplete");
        assertThat(answer.json().has("interaction_uri")).isFalse();
        assertThat(answer.json().has("interaction_expires_in")).isFalse();
    }

    /** What the newest event says about the link. */
    private static String reason() {
        return realm.admin()
                .events("type=TOKEN_EXCHANGE_ERROR&max=1")
                .path(0)
                .path("details")
                .path("interaction")
                .asText();
    }

    private static Person nameless() {
        return Suite.newPerson().withoutEmail();
    }

    private static Consumer<ObjectNode> change(Consumer<ObjectNode> change) {
        return change;
    }

    private static Consumer<ObjectNode> attribute(String name, String value) {
        return client -> client.withObject("/attributes").put(name, value);
    }
}
