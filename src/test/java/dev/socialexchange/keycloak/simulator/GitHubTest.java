package dev.socialexchange.keycloak.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubTest {

    private static final Simulator SIMULATOR = Simulator.start(0);
    private static final String OUR_APP = Caller.basic(GitHub.CLIENT_ID, "github-secret");

    private final GitHub github = SIMULATOR.github();
    private final Caller caller = new Caller(SIMULATOR);

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.github.com", "ghe.example/api/v3"})
    void checkNamesTheAppAndThePerson(String api) {
        String token = github.accessToken(GitHub.CLIENT_ID, People.ADA);

        JsonNode answer = check(api, OUR_APP, token).json();

        assertThat(answer.get("app").get("client_id").textValue()).isEqualTo(GitHub.CLIENT_ID);
        assertThat(answer.get("user").get("id").longValue()).isEqualTo(5550101);
        assertThat(answer.get("expires_at").isNull()).isTrue();
    }

    @Test
    void checkDoesNotKnowTokensOfAnotherAppOrOfNone() {
        String revoked = github.accessToken(GitHub.CLIENT_ID, People.ADA);
        github.revoke(revoked);

        for (String token : new String[] {
            github.accessToken("another-app", People.ADA), github.personalToken(People.ADA), revoked, "gho_unknown"
        }) {
            Caller.Answer answer = check("api.github.com", OUR_APP, token);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().get("message").textValue()).isEqualTo("Not Found");
        }
    }

    @Test
    void checkRefusesAWrongSecretAndAnEmptyBody() {
        String token = github.accessToken(GitHub.CLIENT_ID, People.ADA);

        assertThat(check("api.github.com", Caller.basic(GitHub.CLIENT_ID, "wrong"), token)
                        .status())
                .isEqualTo(401);
        assertThat(caller.send(
                                "POST",
                                "api.github.com/applications/" + GitHub.CLIENT_ID + "/token",
                                "{}",
                                "Authorization",
                                OUR_APP)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void profileHidesTheAddressThatTheListOfAddressesHas() {
        String token = github.accessToken(GitHub.CLIENT_ID, People.DAN_UNVERIFIED);

        JsonNode user = caller.get("api.github.com/user", "Authorization", "Bearer " + token)
                .json();
        JsonNode emails = caller.get("api.github.com/user/emails", "Authorization", "Bearer " + token)
                .json();

        assertThat(user.get("id").isIntegralNumber()).isTrue();
        assertThat(user.get("email").isNull()).isTrue();
        assertThat(emails.get(0).get("primary").booleanValue()).isTrue();
        assertThat(emails.get(0).get("verified").booleanValue()).isFalse();
    }

    @Test
    void badTokenIsBadCredentials() {
        Caller.Answer answer = caller.get("api.github.com/user", "Authorization", "Bearer gho_unknown");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().get("message").textValue()).isEqualTo("Bad credentials");
    }

    @Test
    void tokenEndpointAnswersInFormUnlessAskedForJson() {
        assertThat(redeem(code(), "application/json").json().get("access_token").textValue())
                .startsWith("gho_");
        assertThat(Forms.parse(redeem(code(), "*/*").body())).containsKeys("access_token", "scope", "token_type");
    }

    @Test
    void tokenEndpointRefusesWithStatus200() {
        Caller.Answer answer = redeem("no-such-code", "application/json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("error").textValue()).isEqualTo("bad_verification_code");
    }

    private String code() {
        return github.code(GitHub.CLIENT_ID, People.ADA, "https://app.example/cb", null);
    }

    private Caller.Answer check(String api, String authorization, String token) {
        return caller.send(
                "POST",
                api + "/applications/" + GitHub.CLIENT_ID + "/token",
                Json.write(Map.of("access_token", token)),
                "Authorization",
                authorization);
    }

    private Caller.Answer redeem(String code, String accept) {
        return caller.postForm(
                "github.com/login/oauth/access_token",
                Map.of(
                        "code",
                        code,
                        "redirect_uri",
                        "https://app.example/cb",
                        "client_id",
                        GitHub.CLIENT_ID,
                        "client_secret",
                        "github-secret"),
                "Accept",
                accept);
    }
}
