package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.INTROSPECTION;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.TOKEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
import static dev.socialexchange.keycloak.proof.Proofs.accessToken;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.code;
import static dev.socialexchange.keycloak.proof.Proofs.idToken;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an admin asks of people is asked whichever way a token is proven. */
class WhoTokensAreForTest {
    private static final String ROBOT = "\"robot\":\"yes\"";

    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak();

    @BeforeEach
    void answers() {
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"1\"," + ROBOT + "}");
        keycloak.answering(TOKEN, 200, "{\"access_token\":\"at\"}");
        keycloak.answering(
                INTROSPECTION,
                200,
                "{\"active\":true,\"client_id\":\"our-app\",\"sub\":\"1\",\"token_type\":\"Bearer\"}");
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("id_token", Map.of("exchangeSingleUse", "false"), idToken(jwt("JWT", false))),
                Arguments.of(
                        "introspection",
                        Map.of("tokenIntrospectionUrl", INTROSPECTION),
                        accessToken("opaque-access-token")),
                Arguments.of("of any app", Map.of("exchangeUnbound", "true"), accessToken("opaque-access-token")),
                Arguments.of("JWT", Map.of(), accessToken(jwt("at+jwt", true))),
                Arguments.of("code", Map.of(), code("code")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void robotIsNoPerson(String way, Map<String, String> settings, Submission submission) {
        Map<String, String> strict = new HashMap<>(settings);
        strict.put("exchangeForbiddenClaims", "robot");

        assertThatCode(() -> prove(keycloak, provider(settings), submission)).doesNotThrowAnyException();
        assertRefused(keycloak, provider(strict), submission, ExchangeError.TOKEN_KIND_MISMATCH, "claim_forbidden");
    }

    private static OfflineProvider provider(Map<String, String> settings) {
        return OpenIdFixture.provider(settings);
    }

    private static String jwt(String type, boolean ofAnAccessToken) {
        return SIGNER.sign(
                "1",
                "our-app",
                claims -> {
                    claims.put("robot", "yes");
                    if (ofAnAccessToken) {
                        claims.put("client_id", "our-app");
                    }
                },
                header -> header.put("typ", type));
    }
}
