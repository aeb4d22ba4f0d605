package dev.socialexchange.keycloak.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jwt.SignedJWT;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlApiTest {

    private final Simulator simulator = Simulator.start(0);
    private final Caller caller = new Caller(simulator);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void mintsAnIdTokenWithChangedClaims() throws Exception {
        String token = mint(
                """
                {"provider":"google","kind":"id_token","client_id":"another-app","person":"bruno-k",
                 "claims":{"nonce":"n-1","azp":null},"header":{"kid":"no-such-key"}}""");

        SignedJWT jwt = SignedJWT.parse(token);
        assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly("another-app");
        assertThat(jwt.getJWTClaimsSet().getClaims())
                .containsEntry("nonce", "n-1")
                .doesNotContainKey("azp");
        assertThat(jwt.getHeader().getKeyID()).isEqualTo("no-such-key");
    }

    @Test
    void mintsForAPersonDescribedInTheRequest() {
        String token = mint(
                """
                {"provider":"github","person":{"id":"77","username":"new-b","email":"new@example.org",
                 "emailVerified":true,"givenName":"New","familyName":"Person"}}""");

        assertThat(caller.get("api.github.com/user", "Authorization", "Bearer " + token)
                        .json()
                        .get("login")
                        .textValue())
                .isEqualTo("new-b");
    }

    @Test
    void revokesATokenOfAnyProvider() {
        String token = mint("{\"provider\":\"acme\"}");

        Caller.Answer answer = post("tokens/revoke", Json.write(Map.of("token", token)));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(caller.get("acme.example/userinfo", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
        assertThat(post("tokens/expire", "{\"token\":\"unknown\"}").status()).isEqualTo(404);
    }

    @Test
    void setsFaultsAndResets() {
        post("faults", "{\"host\":\"acme.example\",\"path\":\"/jwks\",\"kind\":\"status\",\"status\":500}");
        assertThat(caller.get("acme.example/jwks").status()).isEqualTo(500);

        post(
                "faults",
                """
                {"host":"acme.example","kind":"json","status":429,"body":{"error":"slow_down"},
                 "headers":{"Retry-After":3},"token":"only-this-one"}""");
        assertThat(caller.get("acme.example/userinfo?x=only-this-one").header("retry-after"))
                .isEqualTo("3");

        post("reset", "");

        assertThat(caller.get("acme.example/jwks").status()).isEqualTo(200);
        assertThat(caller.get("_control/requests?host=acme.example").json()).hasSize(1);
    }

    @Test
    void registersClientsAndRotatesKeys() {
        post("clients", "{\"provider\":\"acme\",\"client_id\":\"mine\",\"client_secret\":\"s\"}");
        String before = simulator.acme().keyId("ES256");
        post("keys/rotate", "{\"provider\":\"acme\"}");

        assertThat(simulator.acme().secret("mine")).isEqualTo("s");
        assertThat(simulator.acme().keyId("ES256")).isNotEqualTo(before);
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        for (String body : new String[] {
            "{",
            "[]",
            "{}",
            "{\"provider\":\"nobody\"}",
            "{\"provider\":\"github\",\"kind\":\"id_token\"}",
            "{\"provider\":\"github\",\"person\":\"nobody\"}",
            "{\"provider\":\"github\",\"colour\":\"red\"}"
        }) {
            Caller.Answer answer = post("tokens", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.json().get("error_description").textValue()).isNotBlank();
        }
    }

    @Test
    void indexPageExplainsItself() {
        assertThat(caller.get("").body()).contains("_control/tokens", "graph.facebook.com");
    }

    @Test
    void commandLineHasDefaultsAndRefusesNonsense() {
        assertThat(CommandLine.parse().port()).isEqualTo(8899);
        assertThat(CommandLine.parse("--port", "0", "--bind", "0.0.0.0").bind()).isEqualTo("0.0.0.0");
        for (String[] arguments : new String[][] {{"--port"}, {"--port", "x"}, {"--port", "70000"}, {"--color", "1"}}) {
            assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(arguments));
        }
    }

    private String mint(String body) {
        Caller.Answer answer = post("tokens", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("token").textValue();
    }

    private Caller.Answer post(String path, String body) {
        return caller.send("POST", "_control/" + path, body);
    }
}
